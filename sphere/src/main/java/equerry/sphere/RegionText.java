package equerry.sphere;

import java.util.Arrays;
import java.util.Base64;

/// Regions in base64, alone or put together by SQL: `:` makes a union, `&` a pair, `|` separates
/// pairs.
final class RegionText {
  private static final int GROUP = 4;

  private RegionText() {}

  static Region decodeBase64(String text) {
    if (text.isEmpty()) {
      return UnionRegion.of();
    }
    if (text.indexOf(':') < 0) {
      return one(text);
    }
    return new UnionRegion(Arrays.stream(text.split(":", -1)).map(RegionText::one).toList());
  }

  static Overlap overlapsBase64(String text) {
    Overlap result = Overlap.NO;
    int begin = 0;
    while (!text.isEmpty() && begin >= 0 && result != Overlap.YES) {
      int middle = text.indexOf('&', begin);
      if (middle < 0) {
        throw new RegionFormatException("No '&' found in encoded overlap expression term.");
      }
      int end = text.indexOf('|', middle);
      Region first = one(text.substring(begin, middle));
      Region second = one(text.substring(middle + 1, end < 0 ? text.length() : end));
      result = result.or(first.overlaps(second));
      begin = end < 0 ? -1 : end + 1;
    }
    return result;
  }

  private static Region one(String base64) {
    if (base64.length() % GROUP != 0) {
      throw new RegionFormatException(
          "A region in base64 has a multiple of 4 characters, not %d.".formatted(base64.length()));
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RegionFormatException("A region is not in base64: " + e.getMessage(), e);
    }
    return RegionDecoder.decode(bytes);
  }
}
