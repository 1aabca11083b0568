package equerry.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Rows of the files that `src/test/oracle/make_expected.py` wrote with the stock package.
public final class Expected {
  private Expected() {}

  /// The cells of every line of a file.
  public static List<List<String>> rows(String name) {
    try (InputStream in = Expected.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> List.of(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
