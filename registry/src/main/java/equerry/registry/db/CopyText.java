package equerry.registry.db;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Sends rows in the text format of PostgreSQL's `COPY`: a line for each, values parted by tabs, `\N`
/// for null, and a backslash before what would be taken for one of those.
final class CopyText {
  /// About how many characters travel at once.
  private static final int PIECE = 64 * 1024;

  private final StringBuilder text = new StringBuilder(PIECE + PIECE / 8);

  private CopyText() {}

  /// Runs a `COPY … FROM STDIN`.
  static void send(
      PGConnection connection,
      String statement,
      Collection<? extends List<? extends @Nullable Object>> rows)
      throws SQLException {
    CopyIn copy = connection.getCopyAPI().copyIn(statement);
    try {
      CopyText lines = new CopyText();
      for (List<? extends @Nullable Object> row : rows) {
        lines.append(row);
        if (lines.text.length() >= PIECE) {
          lines.flush(copy);
        }
      }
      lines.flush(copy);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void flush(CopyIn copy) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  private void append(List<? extends @Nullable Object> row) {
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        text.append('\t');
      }
      appendValue(row.get(i));
    }
    text.append('\n');
  }

  private void appendValue(@Nullable Object value) {
    switch (value) {
      case null -> text.append("\\N");
      case Long number -> text.append(number.longValue());
      case String string -> appendEscaped(string);
      default -> text.append(value);
    }
  }

  private void appendEscaped(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
