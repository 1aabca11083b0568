package equerry.registry.query;

import java.util.List;
import org.jooq.Field;

/// A value in SQL: one column, or the columns of a timespan.
///
/// @param fields one field; for a timespan on SQLite two, its begin and its end
record SqlValue(List<Field<?>> fields) {
  SqlValue {
    fields = List.copyOf(fields);
  }

  static SqlValue of(Field<?>... fields) {
    return new SqlValue(List.of(fields));
  }

  /// The one field of a value that is no timespan.
  Field<?> scalar() {
    return fields.getFirst();
  }
}
