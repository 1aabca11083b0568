package equerry.datastore.delivery;

import org.jspecify.annotations.Nullable;

/// The headers of a `GET` or `HEAD` that decide what part of a file is sent, as they came; null when
/// absent. Values that make no sense are treated as absent, as RFC 9110 asks.
///
/// @param range `Range`
/// @param ifNoneMatch `If-None-Match`
/// @param ifModifiedSince `If-Modified-Since`
/// @param ifRange `If-Range`
public record FileRequest(
    @Nullable String range,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince,
    @Nullable String ifRange) {
  /// A request for the whole file.
  public static final FileRequest PLAIN = new FileRequest(null, null, null, null);
}
