package equerry.datastore.object;

/// Which of the two signatures of the S3 interface a presigned URL carries.
///
/// The stock client (lsst-resources) recognizes only URLs of version 2 (`Signature` and `Expires` in
/// the query) as presigned. It asks such URLs for a first byte where it would otherwise send a
/// `HEAD`, which no presigned URL allows: with version 4 its downloads work, but its questions for
/// existence and size are answered 403 by a store that checks signatures.
public enum SignatureStyle {
  /// As botocore, and so the stock server, chooses: version 2 when no region is set or the region is
  /// one that AWS has had since before 2014, else version 4.
  AUTOMATIC,
  /// Always version 2 (HMAC-SHA1).
  V2,
  /// Always version 4 (HMAC-SHA256); for stores that have given up version 2.
  V4
}
