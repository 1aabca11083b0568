package equerry.api.doctor;

import java.util.ArrayList;
import java.util.List;

/// How much of an ailment there is.
///
/// @param count how many rows, datasets or files have it
/// @param examples the first few of them, at most [#MAX_EXAMPLES]
public record Finding(Ailment ailment, long count, List<String> examples) {
  /// How many examples a finding has at most.
  public static final int MAX_EXAMPLES = 5;

  public Finding {
    examples = examples.stream().limit(MAX_EXAMPLES).toList();
  }

  public static Finding none(Ailment ailment) {
    return new Finding(ailment, 0, List.of());
  }

  public boolean isClean() {
    return count == 0;
  }

  /// This finding and another one of the same ailment.
  public Finding plus(long more, List<String> moreExamples) {
    List<String> all = new ArrayList<>(examples);
    all.addAll(moreExamples);
    return new Finding(ailment, count + more, all);
  }
}
