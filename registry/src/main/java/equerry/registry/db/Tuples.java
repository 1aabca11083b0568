package equerry.registry.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// Conditions that columns have the values of one of many rows.
public final class Tuples {
  /// How many rows one statement takes: SQLite has 32,766 parameters.
  public static final int BATCH = 1000;

  private Tuples() {}

  /// A condition on columns; always true when there are none.
  ///
  /// @param rows at least one, at most [#BATCH]
  public static Sql among(List<String> columns, Collection<List<Object>> rows) {
    if (columns.isEmpty()) {
      return Sql.of("1 = 1");
    }
    String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    List<Object> parameters = new ArrayList<>(rows.size() * columns.size());
    rows.forEach(parameters::addAll);
    return new Sql(
        "(%s) IN (VALUES %s)"
            .formatted(
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(rows.size(), row))),
        parameters);
  }
}
