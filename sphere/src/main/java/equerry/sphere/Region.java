package equerry.sphere;

import java.util.Base64;

/// A closed set of points of the sphere.
///
/// Regions are immutable values. Their relations, bounds and bytes are those of lsst-sphgeom, with
/// its degree of certainty: where it cannot decide whether two regions overlap, neither does this
/// library, so that a search returns the same rows.
public sealed interface Region permits SimpleRegion, CompoundRegion {
  /// Whether the region has no points, as far as lsst-sphgeom decides it; it calls every convex
  /// polygon empty, which matters only inside an [IntersectionRegion].
  boolean isEmpty();

  boolean contains(UnitVector3d point);

  default boolean contains(LonLat point) {
    return contains(UnitVector3d.of(point));
  }

  /// Whether this region is known to contain all of another.
  default boolean contains(Region other) {
    return relate(other).contains();
  }

  default Relationship relate(Region other) {
    return Relations.relate(this, other);
  }

  default Overlap overlaps(Region other) {
    return Overlaps.overlaps(this, other);
  }

  Box boundingBox();

  Circle boundingCircle();

  /// The bytes of this region as lsst-sphgeom writes them.
  default byte[] encode() {
    return RegionEncoder.encode(this);
  }

  /// The bytes of [#encode] in base64, as a database column holds them.
  default String encodeBase64() {
    return Base64.getEncoder().encodeToString(encode());
  }

  /// The region as a POS value of IVOA SIAv2.
  ///
  /// @throws UnsupportedOperationException if the region is an ellipse, union or intersection
  default String toIvoaPos() {
    return IvoaPos.format(this);
  }

  /// Reads what [#encode] wrote. Numbers are taken as they are, also when a vector is not of unit
  /// length or a number is NaN.
  ///
  /// @throws RegionFormatException if the bytes are not an encoded region
  static Region decode(byte[] bytes) {
    return RegionDecoder.decode(bytes);
  }

  /// Reads a base64 column: one encoded region, or several separated by `:` which make a union; the
  /// empty string is the empty union.
  ///
  /// @throws RegionFormatException if a part is not an encoded region
  static Region decodeBase64(String text) {
    return RegionText.decodeBase64(text);
  }

  /// Evaluates pairs `a&b` of base64 regions separated by `|`: whether the regions of any pair
  /// overlap. No pair at all is [Overlap#NO]; pairs after a sure overlap are not read.
  ///
  /// @throws RegionFormatException if a part is not an encoded region or a pair lacks its `&`
  static Overlap overlapsBase64(String text) {
    return RegionText.overlapsBase64(text);
  }

  /// Reads a POS value of IVOA SIAv2: `CIRCLE`, `RANGE` or `POLYGON` with degrees.
  ///
  /// @throws RegionFormatException if the text is not of that form
  /// @throws DegenerateRegionException if its numbers make no region
  static Region fromIvoaPos(String text) {
    return IvoaPos.parse(text);
  }
}
