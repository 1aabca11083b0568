package equerry.direct.exchange.yaml;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/// Writes texts in PyYAML's styles, folded as it folds them, and knows the column.
final class LineWriter {
  /// Where PyYAML folds by default: at the first space after this column.
  private static final int BEST_WIDTH = 80;

  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry(0, "0"),
          Map.entry(7, "a"),
          Map.entry(8, "b"),
          Map.entry(9, "t"),
          Map.entry(10, "n"),
          Map.entry(11, "v"),
          Map.entry(12, "f"),
          Map.entry(13, "r"),
          Map.entry(27, "e"),
          Map.entry((int) '"', "\""),
          Map.entry((int) '\\', "\\"),
          Map.entry(0x85, "N"),
          Map.entry(0xA0, "_"),
          Map.entry(0x2028, "L"),
          Map.entry(0x2029, "P"));

  private final Writer out;
  private int column;

  LineWriter(Writer out) {
    this.out = out;
  }

  /// Writes ASCII characters without a line break.
  void write(String text) throws IOException {
    out.write(text);
    column += text.length();
  }

  void newLine(int indent) throws IOException {
    out.write('\n');
    out.write(" ".repeat(indent));
    column = indent;
  }

  /// Without quotes: spaces may become line breaks.
  void plain(String text, int indent) throws IOException {
    pieces(text, indent, "");
  }

  /// In single quotes: spaces may become line breaks, and line breaks become two.
  void singleQuoted(String text, int indent, Folding folding) throws IOException {
    write("'");
    if (folding == Folding.ALLOWED) {
      pieces(text, indent, "'");
    } else {
      write(text.replace("'", "''"));
    }
    write("'");
  }

  /// Whether a text may be spread over lines: keys may not.
  enum Folding {
    ALLOWED,
    FORBIDDEN
  }

  /// Writes runs of spaces, of line breaks and of other characters in turn.
  private void pieces(String text, int indent, String quote) throws IOException {
    int start = 0;
    while (start < text.length()) {
      int end = runEnd(text, start);
      String run = text.substring(start, end);
      if (run.charAt(0) == ' ') {
        boolean inside = (start > 0 || quote.isEmpty()) && end < text.length();
        if (run.length() == 1 && column > BEST_WIDTH && inside) {
          newLine(indent);
        } else {
          write(run);
        }
      } else if (run.charAt(0) == '\n') {
        out.write('\n');
        out.write("\n".repeat(run.length() - 1));
        newLine(indent);
      } else {
        write(quote.isEmpty() ? run : run.replace("'", "''"));
      }
      start = end;
    }
  }

  private static int runEnd(String text, int start) {
    int kind = kind(text.charAt(start));
    int end = start + 1;
    while (end < text.length() && kind(text.charAt(end)) == kind) {
      end++;
    }
    return end;
  }

  private static int kind(char character) {
    return character == ' ' ? 0 : character == '\n' ? 1 : 2;
  }

  /// In double quotes, with escapes for all that is not ASCII. Lines are folded at spaces and around
  /// escapes; a space that begins a line is escaped.
  void doubleQuoted(String text, int indent, Folding folding) throws IOException {
    int[] points = text.codePoints().toArray();
    write("\"");
    int start = 0;
    for (int end = 0; end <= points.length; end++) {
      if (end == points.length || mustEscape(points[end])) {
        write(new String(points, start, end - start));
        start = end;
        if (end < points.length) {
          write(escaped(points[end]));
          start = end + 1;
        }
      }
      boolean breakable =
          end > 0 && end < points.length - 1 && (start >= end || points[end] == ' ');
      if (breakable && folding == Folding.ALLOWED && column + (end - start) > BEST_WIDTH) {
        write(new String(points, start, Math.max(end - start, 0)) + "\\");
        start = Math.max(start, end);
        newLine(indent);
        write(points[start] == ' ' ? "\\" : "");
      }
    }
    write("\"");
  }

  private static boolean mustEscape(int point) {
    return point == '"' || point == '\\' || point < ' ' || point > '~';
  }

  private static String escaped(int point) {
    String name = ESCAPES.get(point);
    if (name != null) {
      return "\\" + name;
    }
    return (point <= 0xFF ? "\\x%02X" : point <= 0xFFFF ? "\\u%04X" : "\\U%08X").formatted(point);
  }

  /// A literal block: each line as it is.
  void block(String[] lines, int indent) throws IOException {
    write("|");
    for (String line : lines) {
      newLine(indent);
      write(line);
    }
  }
}
