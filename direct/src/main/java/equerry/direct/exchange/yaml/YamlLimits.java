package equerry.direct.exchange.yaml;

/// What a document may make a reader hold at once; its length alone is not limited.
///
/// @param scalarChars characters of a single scalar, comment or tag
/// @param depth how deep collections may lie in each other
/// @param valueNodes scalars and collections of one value that is read as a whole, such as a record
/// @param anchors values that are kept for aliases
public record YamlLimits(int scalarChars, int depth, int valueNodes, int anchors) {
  /// Room for every document that a butler writes.
  public static final YamlLimits DEFAULT = new YamlLimits(8_000_000, 32, 1_000_000, 10_000);
}
