package equerry.api.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds which known name someone meant by an unknown one.
public final class DidYouMean {
  /// Longer names are not looked up; no known name is near.
  private static final int MAX_LENGTH = 80;

  private DidYouMean() {}

  /// A sentence to append to a message, such as ` Did you mean 'LSSTCam'?`; empty when no known name
  /// is near.
  public static String sentence(String asked, Collection<String> known) {
    return find(asked, known).map(name -> " Did you mean '" + name + "'?").orElse("");
  }

  /// The nearest known name, when at most a third of its letters differ; case does not count.
  public static Optional<String> find(String asked, Collection<String> known) {
    if (asked.isEmpty() || asked.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String folded = asked.toLowerCase(Locale.ROOT);
    record Candidate(String name, int distance) {}
    return known.stream()
        .filter(name -> name.length() <= MAX_LENGTH)
        .map(name -> new Candidate(name, distance(folded, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance() <= Math.max(1, candidate.name().length() / 3))
        .filter(candidate -> candidate.distance() < candidate.name().length())
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /// Insertions, deletions and replacements that turn one text into the other (Levenshtein 1966),
  /// with a swap of neighbours counted once.
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
