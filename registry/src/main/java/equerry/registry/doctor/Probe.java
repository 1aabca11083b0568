package equerry.registry.doctor;

import equerry.api.doctor.Finding;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WriteSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One statement that finds damaged rows, and those that mend all of them.
///
/// @param subject what the rows are about, for examples
/// @param columns names of the columns that `rows` selects, for examples
/// @param rows selects the damaged rows, one row for each
/// @param mends statements that mend them; none where they cannot be mended
record Probe(String subject, List<String> columns, Sql rows, List<Sql> mends) {
  private static final Pattern HEX_UUID = Pattern.compile("[0-9a-f]{32}");

  Probe {
    columns = List.copyOf(columns);
    mends = List.copyOf(mends);
  }

  /// Adds what there is to a finding.
  Finding examine(Session session, Finding before) throws SQLException {
    long count =
        session
            .first(wrapped("SELECT count(*) FROM (%s) AS damaged"), row -> row.integer(1))
            .orElse(0L);
    if (count == 0) {
      return before;
    }
    String some = "SELECT * FROM (%s) AS damaged LIMIT " + Finding.MAX_EXAMPLES;
    return before.plus(count, session.list(wrapped(some), this::example));
  }

  private Sql wrapped(String around) {
    return new Sql(String.format(Locale.ROOT, around, rows.text()), rows.parameters());
  }

  private String example(Row row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(columns.get(i) + " " + dashed(String.valueOf(row.textOrNull(i + 1))));
    }
    return subject + ": " + String.join(", ", values);
  }

  /// UUIDs look the same whatever the database.
  private static String dashed(String text) {
    return HEX_UUID.matcher(text).matches()
        ? text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
        : text;
  }

  /// @return how many rows were changed
  long mend(WriteSession session) throws SQLException {
    long changed = 0;
    for (Sql mend : mends) {
      changed += session.execute(mend);
    }
    return changed;
  }
}
