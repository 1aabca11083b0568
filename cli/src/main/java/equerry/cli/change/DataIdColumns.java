package equerry.cli.change;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the data IDs of a table's rows come from.
///
/// @param group their dimensions
/// @param fixed values that all rows have; they go before those of columns
/// @param places for each required dimension without a fixed value the position of its column
record DataIdColumns(DimensionGroup group, Map<String, Object> fixed, Map<String, Integer> places) {
  /// Finds the columns.
  ///
  /// @param columns names of the table's columns; the first one is that of the files
  /// @throws ButlerException.Invalid (dimension_name) when a dimension has no value
  static DataIdColumns find(List<String> columns, DimensionGroup group, Map<String, Object> fixed) {
    Map<String, Integer> places = new java.util.HashMap<>();
    for (String name : group.required()) {
      int place = columns.subList(1, columns.size()).indexOf(name);
      if (place >= 0) {
        places.put(name, place + 1);
      } else if (!fixed.containsKey(name)) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME,
            "The table has no column '%s' (it has %s); add it, or --data-id %s=VALUE."
                .formatted(name, columns, name));
      }
    }
    return new DataIdColumns(group, fixed, places);
  }

  /// The columns that are not needed.
  List<String> unused(List<String> columns) {
    return columns.subList(1, columns.size()).stream()
        .filter(name -> !places.containsKey(name) || fixed.containsKey(name))
        .toList();
  }

  /// The data ID of a row.
  ///
  /// @param number of the row, for messages
  /// @throws ButlerException.Invalid (dimension_value)
  DataId read(List<@Nullable Object> row, long number) {
    List<Object> values = new ArrayList<>();
    for (String name : group.required()) {
      Object given = fixed.get(name);
      if (given == null) {
        given = row.get(places.getOrDefault(name, 0));
      }
      if (given == null || given.equals("")) {
        throw atRow(number, "it has no value for " + name + ".");
      }
      try {
        values.add(DataIdValues.value(group.universe().element(name), given));
      } catch (ButlerException.Invalid unfit) {
        throw atRow(number, unfit.detail());
      }
    }
    return DataId.of(group, values);
  }

  static ButlerException.Invalid atRow(long number, String fault) {
    return new ButlerException.Invalid(
        ErrorCode.DIMENSION_VALUE, "Row " + number + " of the table: " + fault);
  }
}
