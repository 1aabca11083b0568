package equerry.registry.write;

import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks for rows by many values of some columns, to say which of them a constraint is about.
final class KeyLookup {
  /// How many values a statement asks for.
  private static final int VALUES_AT_ONCE = 500;

  private KeyLookup() {}

  /// What a table has of these values.
  ///
  /// @param columns columns of integers or texts
  /// @param values values of these columns; with a null among them none is found
  /// @param identity columns that tell rows apart
  /// @return the values that are there, each with the identity of a row that has them
  static Map<List<@Nullable Object>, List<@Nullable Object>> find(
      Session session,
      String table,
      List<String> columns,
      Collection<List<@Nullable Object>> values,
      List<String> identity)
      throws SQLException {
    Map<List<@Nullable Object>, List<@Nullable Object>> found = new HashMap<>();
    List<List<@Nullable Object>> all = List.copyOf(values);
    for (int start = 0; start < all.size(); start += VALUES_AT_ONCE) {
      List<List<@Nullable Object>> some =
          all.subList(start, Math.min(start + VALUES_AT_ONCE, all.size()));
      session.list(
          statement(table, columns, some, identity),
          row -> {
            List<@Nullable Object> read = new ArrayList<>();
            for (int i = 1; i <= columns.size() + identity.size(); i++) {
              read.add(row.keyOrNull(i));
            }
            found.put(read.subList(0, columns.size()), read.subList(columns.size(), read.size()));
            return found;
          });
    }
    return found;
  }

  private static Sql statement(
      String table,
      List<String> columns,
      List<List<@Nullable Object>> values,
      List<String> identity) {
    String names = quoted(columns);
    String one = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    List<@Nullable Object> parameters = new ArrayList<>();
    values.forEach(parameters::addAll);
    List<String> read = new ArrayList<>(columns);
    read.addAll(identity);
    return new Sql(
        "SELECT %s FROM %s WHERE (%s) IN (VALUES %s)"
            .formatted(
                quoted(read),
                RecordColumns.quote(table),
                names,
                String.join(", ", Collections.nCopies(values.size(), one))),
        parameters);
  }

  private static String quoted(List<String> columns) {
    return columns.stream().map(RecordColumns::quote).collect(Collectors.joining(", "));
  }
}
