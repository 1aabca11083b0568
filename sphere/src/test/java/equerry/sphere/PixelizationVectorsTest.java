package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pixelizations against the golden vectors.
class PixelizationVectorsTest {
  private static Pixelization pixelization(JsonNode line) {
    int level = line.get("level").asInt();
    return switch (line.get("system").asString()) {
      case "healpix" -> new HealpixPixelization(level);
      case "htm" -> new HtmPixelization(level);
      case "q3c" -> new Q3cPixelization(level);
      case "mq3c" -> new Mq3cPixelization(level);
      default -> throw new AssertionError(line);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"htm", "healpix", "q3c", "mq3c"})
  void pixelsOfRegionsAreTheSame(String system) {
    for (JsonNode line : Vectors.of("pixels")) {
      if (line.get("system").asString().equals(system)) {
        Pixelization pixels = pixelization(line);
        Region region = Vectors.region(line, "hex");
        check(line, "envelope", pixels.envelope(region));
        check(line, "interior", pixels.interior(region));
        if (line.has("envelope4")) {
          check(line, "envelope4", pixels.envelope(region, 4));
          check(line, "interior4", pixels.interior(region, 4));
        }
      }
    }
  }

  private static void check(JsonNode line, String field, RangeSet actual) {
    assertThat(actual).as(field + " of " + line).hasToString(text(line.get(field)));
  }

  private static String text(JsonNode ranges) {
    StringBuilder text = new StringBuilder("RangeSet[");
    String separator = "";
    for (JsonNode range : ranges) {
      text.append(separator)
          .append("[%s, %s)".formatted(range.get(0).asString(), range.get(1).asString()));
      separator = ", ";
    }
    return text.append(']').toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"htm", "healpix", "q3c", "mq3c"})
  void pointsHaveTheSameIndexesAndPixels(String system) {
    Closeness regions = new Closeness(0.02, 1);
    for (JsonNode line : Vectors.of("index")) {
      if (line.get("system").asString().equals(system)) {
        Pixelization pixels = pixelization(line);
        long index = pixels.index(Vectors.vector(line.get("point")));
        assertThat(Long.toUnsignedString(index))
            .as(line::toString)
            .isEqualTo(line.get("index").asString());
        assertThat(pixels.name(index)).isEqualTo(line.get("name").asString());
        assertThat(pixels.universe().contains(index)).isTrue();
        regions.compare(line.get("pixel").asString(), Vectors.hex(pixels.pixel(index)));
      }
    }
    regions.check();
  }
}
