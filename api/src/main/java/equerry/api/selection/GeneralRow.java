package equerry.api.selection;

import equerry.api.query.ResultSpec.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of chosen columns.
///
/// @param columns the columns, the same list in every row of a result
/// @param values a value for each (see [equerry.api.ColumnType]), null for SQL NULL
public record GeneralRow(List<ResultColumn> columns, List<@Nullable Object> values) {
  public GeneralRow {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          values.size() + " values for " + columns.size() + " columns");
    }
  }

  /// The value of a column by its name: `visit`, `visit.exposure_time`, `raw.run`.
  ///
  /// @throws IllegalArgumentException for a column that the result does not have
  public @Nullable Object value(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).label().equals(name)) {
        return values.get(i);
      }
    }
    throw new IllegalArgumentException("No column '" + name + "' in this result");
  }
}
