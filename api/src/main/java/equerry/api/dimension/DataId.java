package equerry.api.dimension;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of the dimensions of a group: of the required ones, or of the implied ones as well.
///
/// Values are [Long] or [String], in the order of [DimensionGroup#keys]. Implied values may be null
/// where a record has none. Two data IDs are equal when their groups and required values are.
public final class DataId {
  private final DimensionGroup group;
  private final List<@Nullable Object> values;

  private DataId(DimensionGroup group, List<@Nullable Object> values) {
    this.group = group;
    this.values = Collections.unmodifiableList(values);
  }

  /// Makes a data ID of values in key order, as many as there are required dimensions or keys.
  ///
  /// @throws ButlerException.Invalid (dimension_value) when the number of values fits neither
  public static DataId of(DimensionGroup group, List<? extends @Nullable Object> values) {
    int count = values.size();
    if (count != group.required().size() && count != group.keys().size()) {
      throw new ButlerException.Invalid(
          ErrorCode.DIMENSION_VALUE, count + " values given for the dimensions " + group + ".");
    }
    return new DataId(group, new ArrayList<>(values));
  }

  /// The data ID without dimensions.
  public static DataId empty(DimensionUniverse universe) {
    return new DataId(universe.emptyGroup(), List.of());
  }

  public DimensionGroup group() {
    return group;
  }

  /// Whether it has the implied values, too.
  public boolean isFull() {
    return values.size() == group.keys().size();
  }

  /// The values it has, in key order.
  public List<@Nullable Object> values() {
    return values;
  }

  /// The value of a dimension, if the data ID has it.
  public Optional<Object> find(String dimension) {
    int index = group.keys().indexOf(dimension);
    return index < 0 || index >= values.size()
        ? Optional.empty()
        : Optional.ofNullable(values.get(index));
  }

  /// The required values by dimension, in key order.
  public Map<String, Object> required() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < group.required().size(); i++) {
      map.put(group.required().get(i), Objects.requireNonNull(values.get(i)));
    }
    return map;
  }

  /// All values it has by dimension, in key order.
  public Map<String, @Nullable Object> mapping() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      map.put(group.keys().get(i), values.get(i));
    }
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataId that
        && group == that.group
        && required().equals(that.required());
  }

  @Override
  public int hashCode() {
    return required().hashCode();
  }

  /// As the stock package prints it in messages: `{instrument: 'Cam1', detector: 1}`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    mapping()
        .forEach(
            (name, value) ->
                parts.add(name + ": " + (value instanceof String ? "'" + value + "'" : value)));
    return "{" + String.join(", ", parts) + "}";
  }
}
