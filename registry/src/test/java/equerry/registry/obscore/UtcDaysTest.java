package equerry.registry.obscore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Dates are those of astropy, to the last bit (`interop/make_obscore_resources.py` asks it).
class UtcDaysTest {
  @Test
  void datesAreThoseOfAstropy() throws IOException {
    for (String line : recorded()) {
      String[] parts = line.split(" ");
      assertThat(UtcDays.mjd(Long.parseLong(parts[0])))
          .as(line)
          .isEqualTo(Double.parseDouble(parts[1]));
    }
  }

  private static List<String> recorded() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(UtcDaysTest.class.getResourceAsStream("times.txt"))) {
      return new String(text.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
