package equerry.cli.shell;

import equerry.api.ColumnType;
import equerry.api.time.Timespan;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes values as text.
final class Cells {
  private static final HexFormat HEX = HexFormat.of();

  private Cells() {}

  /// A value in a table, spelled as the stock commands do (`None`, `True`, `(elided)` for regions).
  static String table(@Nullable Object value, ColumnType type) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case byte[] bytes -> type == ColumnType.REGION ? "(elided)" : "0x" + HEX.formatHex(bytes);
      case Object other -> oneLine(plain(other, type));
    };
  }

  /// A value in a line of CSV, empty for null. Bytes are hexadecimal.
  static String csv(@Nullable Object value, ColumnType type) {
    return value == null ? "" : plain(value, type);
  }

  static String plain(Object value, ColumnType type) {
    return switch (value) {
      case byte[] bytes -> HEX.formatHex(bytes);
      case List<?> items -> String.join(" ", items.stream().map(String::valueOf).toList());
      case Long nanos when isInstant(type) -> Timespan.format(nanos);
      case Object other -> other.toString();
    };
  }

  static boolean isInstant(ColumnType type) {
    return type == ColumnType.DATETIME || type == ColumnType.INGEST_DATE;
  }

  /// A text that cannot break out of its line or move the cursor.
  private static String oneLine(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        ? text
        : text.codePoints()
            .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }
}
