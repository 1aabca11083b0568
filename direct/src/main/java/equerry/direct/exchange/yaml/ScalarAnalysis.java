package equerry.direct.exchange.yaml;

/// Which ways of writing a text in block style are safe, by PyYAML's rules with `allow_unicode`
/// off: its emitter is the source of each of them.
///
/// @param plain without quotes
/// @param singleQuoted in single quotes, which have no escapes
/// @param multiline whether the text has line breaks
record ScalarAnalysis(boolean plain, boolean singleQuoted, boolean multiline) {
  private static final String BREAKS = "\n\u0085\u2028\u2029";
  private static final String BLANK_OR_END = "\0 \t\r" + BREAKS;
  private static final String INDICATORS_AT_START = "#,[]{}&*!|>'\"%@`";

  static ScalarAnalysis of(String text) {
    if (text.isEmpty()) {
      return new ScalarAnalysis(true, true, false);
    }
    boolean lines = text.chars().anyMatch(c -> isBreak((char) c));
    boolean special = text.chars().anyMatch(c -> c != '\n' && (c < ' ' || c > '~'));
    boolean edges = isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1));
    boolean spaceAtBreak = hasSpaceAtBreak(text);
    return new ScalarAnalysis(
        !edges && !lines && !special && !spaceAtBreak && !hasIndicator(text),
        !special && !spaceAtBreak,
        lines);
  }

  static boolean isBreak(char character) {
    return BREAKS.indexOf(character) >= 0;
  }

  private static boolean isBlank(char character) {
    return character == ' ' || isBreak(character);
  }

  private static boolean hasSpaceAtBreak(String text) {
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      char here = text.charAt(i);
      if ((before == ' ' && isBreak(here)) || (isBreak(before) && here == ' ')) {
        return true;
      }
    }
    return false;
  }

  /// Whether a part of the text would be taken for YAML.
  private static boolean hasIndicator(String text) {
    if (text.startsWith("---") || text.startsWith("...")) {
      return true;
    }
    char first = text.charAt(0);
    if (INDICATORS_AT_START.indexOf(first) >= 0
        || ("?:-".indexOf(first) >= 0 && endsAfter(text, 0))) {
      return true;
    }
    for (int i = 1; i < text.length(); i++) {
      char here = text.charAt(i);
      boolean comment = here == '#' && BLANK_OR_END.indexOf(text.charAt(i - 1)) >= 0;
      if (comment || (here == ':' && endsAfter(text, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsAfter(String text, int index) {
    return index + 1 >= text.length() || BLANK_OR_END.indexOf(text.charAt(index + 1)) >= 0;
  }
}
