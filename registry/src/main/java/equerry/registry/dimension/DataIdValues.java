package equerry.registry.dimension;

import equerry.api.ColumnType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes data IDs of values that users give.
public final class DataIdValues {
  private DataIdValues() {}

  /// The data ID of a default: all its dimensions as far as they are known, required values only.
  ///
  /// @throws ButlerException.Invalid (dimension_name, dimension_value)
  public static DataId defaults(DimensionUniverse universe, Map<String, Object> values) {
    return conform(universe.group(values.keySet()), values, Map.of());
  }

  /// The data ID of a group; values that the group does not have are passed over. It has the
  /// implied values if all of them were given.
  ///
  /// @param defaults values for what is missing
  /// @throws ButlerException.Invalid (dimension_name) for a required value that is missing,
  ///     (dimension_value) for one of the wrong type
  public static DataId conform(
      DimensionGroup group, Map<String, Object> values, Map<String, Object> defaults) {
    Map<String, Object> all = new HashMap<>(defaults);
    all.putAll(values);
    List<String> names = all.keySet().containsAll(group.names()) ? group.keys() : group.required();
    List<@Nullable Object> chosen = new ArrayList<>();
    for (String name : names) {
      Object value = all.get(name);
      if (value == null) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME,
            "No value in data ID (" + values + ") for required dimension '" + name + "'.");
      }
      chosen.add(checked(group.universe().element(name), value));
    }
    return DataId.of(group, chosen);
  }

  /// Whether a value has the type of a column.
  public static boolean fits(ColumnType type, Object value) {
    return switch (type) {
      case INT -> value instanceof Long;
      case STRING -> value instanceof String;
      case FLOAT -> value instanceof Double || value instanceof Long;
      case BOOL -> value instanceof Boolean;
      case HASH, DATETIME, INGEST_DATE, TIMESPAN, REGION, UUID -> false;
    };
  }

  private static Object checked(DimensionElement dimension, Object value) {
    if (!fits(dimension.primaryKey().type(), value)) {
      throw new ButlerException.Invalid(
          ErrorCode.DIMENSION_VALUE,
          "Dimension '%s' has values of type %s, not '%s'."
              .formatted(dimension, dimension.primaryKey().type().label(), value));
    }
    return value;
  }
}
