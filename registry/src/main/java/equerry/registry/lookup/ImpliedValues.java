package equerry.registry.lookup;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.registry.schema.RecordColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The joins that complete a row of required dimension values with the implied ones.
///
/// @param joins JOIN clauses, to follow the table of the row
/// @param columns an expression for each implied dimension, in the group's order
record ImpliedValues(String joins, List<String> columns) {

  /// The joins for a group.
  ///
  /// @param table alias of the table that has a column for each required dimension
  static ImpliedValues of(DimensionGroup group, String table) {
    Map<String, String> known = new HashMap<>();
    group.required().forEach(name -> known.put(name, table + "." + RecordColumns.quote(name)));
    StringBuilder joins = new StringBuilder();
    for (DimensionElement element : group.lookupOrder()) {
      boolean gives = element.implied().stream().anyMatch(name -> !known.containsKey(name));
      if (gives && element.hasTable()) {
        join(element, known, joins);
      }
    }
    return new ImpliedValues(joins.toString(), group.implied().stream().map(known::get).toList());
  }

  private static void join(
      DimensionElement element, Map<String, String> known, StringBuilder joins) {
    String name = RecordColumns.quote(element.name());
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < element.required().size(); i++) {
      String column = element.recordColumns().get(i).name();
      String value = known.get(element.required().get(i));
      conditions.add(name + "." + RecordColumns.quote(column) + " = " + value);
    }
    for (String implied : element.implied()) {
      String column = name + "." + RecordColumns.quote(implied);
      String value = known.putIfAbsent(implied, column);
      if (value != null) {
        conditions.add(column + " = " + value);
      }
    }
    joins.append(" JOIN ").append(name).append(" ON ").append(String.join(" AND ", conditions));
  }
}
