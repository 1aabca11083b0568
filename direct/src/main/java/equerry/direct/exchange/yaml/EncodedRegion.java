package equerry.direct.exchange.yaml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A region in a document, in the bytes of lsst-sphgeom.
public record EncodedRegion(byte[] bytes) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedRegion that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "a region of " + bytes.length + " bytes";
  }
}
