package equerry.registry.obscore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the rows of one dataset type say. The names are those of the columns; a `Format` is a text
/// with fields to fill in (see [FormatText]).
///
/// @param pixels the size of the images, for `s_xel1` and `s_xel2`
/// @param extraColumns further columns; the repository's own are filled as well, unless named here
record ProductConfig(
    String dataproductType,
    @Nullable String dataproductSubtype,
    int calibLevel,
    @Nullable String ucd,
    @Nullable String accessFormat,
    @Nullable FormatText obsIdFormat,
    @Nullable FormatText datalinkUrlFormat,
    @Nullable String obsCollection,
    @Nullable Pixels pixels,
    @Nullable Map<String, ExtraColumn> extraColumns) {

  ProductConfig {
    extraColumns =
        extraColumns == null
            ? null
            : Collections.unmodifiableMap(new LinkedHashMap<>(extraColumns));
  }

  /// Numbers of pixels along the two axes of an image.
  record Pixels(int first, int second) {}
}
