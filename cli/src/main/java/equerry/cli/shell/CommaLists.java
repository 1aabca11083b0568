package equerry.cli.shell;

import java.util.List;
import java.util.stream.Stream;

/// Options that may be given several times, with several values each, between commas.
public final class CommaLists {
  private CommaLists() {}

  /// All values. A comma in brackets belongs to its value, as in `[a,b]*`.
  public static List<String> split(List<String> texts) {
    return texts.stream()
        .flatMap(CommaLists::split)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static Stream<String> split(String text) {
    return Stream.of(text.split(",(?![^\\[]*\\])"));
  }
}
