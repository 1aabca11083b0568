package equerry.registry.write;

import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Looks for rows by many values of some columns, to say which of them a constraint is about.
final class KeyLookup {
  private KeyLookup() {}

  /// What a table has of these values.
  ///
  /// @param columns columns of integers or texts
  /// @param values values of these columns
  /// @param identity columns that tell rows apart, of integers or texts
  /// @return the values that are there, each with the identity of a row that has them
  static Map<List<Object>, List<Object>> find(
      Session session,
      String table,
      List<String> columns,
      Collection<List<Object>> values,
      List<String> identity)
      throws SQLException {
    List<String> names = columns.stream().map(RecordColumns::quote).toList();
    List<String> read =
        Stream.concat(names.stream(), identity.stream().map(RecordColumns::quote)).toList();
    Map<List<Object>, List<Object>> found = new HashMap<>();
    for (List<List<Object>> some : Batches.of(values, Tuples.BATCH)) {
      Sql among = Tuples.among(names, some);
      String text =
          "SELECT %s FROM %s WHERE %s"
              .formatted(String.join(", ", read), RecordColumns.quote(table), among.text());
      session.list(
          new Sql(text, among.parameters()),
          row ->
              found.put(
                  DatasetFaults.values(row, 1, columns.size()),
                  DatasetFaults.values(row, 1 + columns.size(), identity.size())));
    }
    return found;
  }
}
