package equerry.registry.write;

import equerry.api.ColumnType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.catalog.TypeRow;
import equerry.registry.dimension.DataIdValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values that data IDs have in the tables of a dataset type.
final class DataIdRows {
  private DataIdRows() {}

  /// The required values of each data ID.
  ///
  /// @throws ButlerException.Invalid (dimension_name, dimension_value) for one of other dimensions,
  ///     or with a value of the wrong type
  static List<List<Object>> of(TypeRow type, Collection<DataId> dataIds) {
    DimensionGroup group = type.type().dimensions();
    List<ColumnType> types =
        group.required().stream()
            .map(name -> group.universe().element(name).primaryKey().type())
            .toList();
    List<List<Object>> rows = new ArrayList<>(dataIds.size());
    for (DataId dataId : dataIds) {
      if (dataId.group() != group && !dataId.group().names().equals(group.names())) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME,
            "Datasets of type '%s' have data IDs of %s; %s is of %s. Nothing was changed."
                .formatted(type.type().name(), group, dataId, dataId.group()));
      }
      rows.add(row(types, dataId));
    }
    return rows;
  }

  private static List<Object> row(List<ColumnType> types, DataId dataId) {
    List<Object> row = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      @Nullable Object value = dataId.values().get(i);
      if (value == null || !DataIdValues.fits(types.get(i), value)) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_VALUE,
            "The value of '%s' in data ID %s must be of type %s. Nothing was changed."
                .formatted(dataId.group().required().get(i), dataId, types.get(i).label()));
      }
      row.add(value);
    }
    return row;
  }

  /// A data ID of required values, for messages.
  static DataId show(TypeRow type, List<Object> row) {
    return DataId.of(type.type().dimensions(), row);
  }
}
