package equerry.sphere;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Reads pairs of encoded regions with their expected relations from standard input, as
/// `compare.py` writes them, and prints the differences and their number for each pair of shapes.
/// Exits with 1 if there is any.
public final class RelationComparison {
  private static final int SHOWN = 20;

  private final Map<String, int[]> counts = new TreeMap<>();
  private int differences;

  private RelationComparison() {}

  public static void main(String[] arguments) throws IOException {
    RelationComparison comparison = new RelationComparison();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        comparison.compare(line);
      }
    }
    comparison.counts.forEach(
        (shapes, n) -> System.out.printf("%-26s %8d pairs %6d differ%n", shapes, n[0], n[1]));
    System.exit(comparison.differences == 0 ? 0 : 1);
  }

  private void compare(String line) {
    String[] words = line.split(" ");
    Region a = Region.decode(HexFormat.of().parseHex(words[1]));
    Region b = Region.decode(HexFormat.of().parseHex(words[2]));
    String expected = String.join(" ", words[3], words[4], words[5], words[6]);
    String actual =
        "%d %d %s %s"
            .formatted(
                a.relate(b).bits(),
                b.relate(a).bits(),
                letter(a.overlaps(b)),
                letter(b.overlaps(a)));
    int[] count = counts.computeIfAbsent(words[0], _ -> new int[2]);
    count[0]++;
    if (!actual.equals(expected)) {
      count[1]++;
      if (differences++ < SHOWN) {
        System.out.println("expected " + expected + ", found " + actual + " for " + line);
      }
    }
  }

  private static String letter(Overlap overlap) {
    return overlap.name().substring(0, 1);
  }
}
