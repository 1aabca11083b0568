package equerry.client.wire;

/// How large the parts of a request may be.
///
/// @param nestingDepth how deep JSON values may be nested in each other
/// @param stringLength characters of one string
/// @param uploadRows rows of one upload of data IDs
/// @param idsPerRequest dataset ids that one request may name
public record WireLimits(int nestingDepth, int stringLength, int uploadRows, int idsPerRequest) {
  /// The limits of the stock server, and ours where it has none.
  public static final WireLimits DEFAULT = new WireLimits(500, 1_000_000, 100_000, 10_000);

  public WireLimits {
    if (nestingDepth < 1 || stringLength < 1 || uploadRows < 0 || idsPerRequest < 1) {
      throw new IllegalArgumentException("A limit on requests must be positive.");
    }
  }
}
