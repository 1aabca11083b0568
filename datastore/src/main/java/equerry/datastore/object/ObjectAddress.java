package equerry.datastore.object;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PercentCoding;
import equerry.datastore.location.ResourceUri;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An object as a URI names it: `s3://[profile@]bucket/key`, where the bucket may be
/// `tenant:bucket` (Ceph).
///
/// @param profile name of the profile, null for the default
/// @param bucket bucket, not encoded
/// @param key key, not encoded
public record ObjectAddress(@Nullable String profile, String bucket, String key) {
  /// Buckets whose name can be the first part of a host name without dots of its own.
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /// Takes a URI apart.
  ///
  /// @throws ButlerException.Unavailable (file_unavailable) when it names no bucket or no key
  public static ObjectAddress of(ResourceUri uri) {
    String[] parts = uri.netloc().split("@", -1);
    String bucket = parts[parts.length - 1];
    if (parts.length > 2 || bucket.isEmpty() || uri.key().isEmpty()) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          "The object '" + uri + "' cannot be reached: a bucket and a key are needed.",
          null);
    }
    return new ObjectAddress(parts.length == 2 ? parts[0] : null, bucket, uri.key());
  }

  /// The bucket of a URI, which need not name a key.
  public static String bucketOf(ResourceUri uri) {
    return uri.netloc().substring(uri.netloc().lastIndexOf('@') + 1);
  }

  /// The profile of a URI, null for the default.
  static @Nullable String profileOf(ResourceUri uri) {
    int at = uri.netloc().indexOf('@');
    return at < 0 ? null : uri.netloc().substring(0, at);
  }

  /// `/bucket/key`, encoded: what signatures of version 2 cover wherever the object is served.
  String resource() {
    return "/" + PercentCoding.encodeSegment(bucket) + encodedKey();
  }

  /// The URL of the object without a signature.
  ///
  /// With an endpoint the bucket is in the path. With AWS it is in the host name where it can be;
  /// for signatures of version 2 that is the host without a region, as botocore has it.
  URI url(S3Profile profile, SignatureStyle style) {
    URI endpoint = profile.endpoint();
    if (endpoint != null) {
      return URI.create(endpoint + resource());
    }
    if (HOST_NAME.matcher(bucket).matches()) {
      String host = style == SignatureStyle.V2 ? "s3.amazonaws.com" : regionalHost(profile);
      return URI.create("https://" + bucket + "." + host + encodedKey());
    }
    String host = profile.region() == null ? "s3.amazonaws.com" : regionalHost(profile);
    return URI.create("https://" + host + resource());
  }

  private static String regionalHost(S3Profile profile) {
    String region = profile.regionOrDefault();
    return "s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "");
  }

  private String encodedKey() {
    return "/" + PercentCoding.encodePath(key);
  }
}
