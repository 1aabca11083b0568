package equerry.api.dimension;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of an element's table.
///
/// @param element the element
/// @param values a value for each of [DimensionElement#recordColumns], in their order
public record DimensionRecord(DimensionElement element, List<@Nullable Object> values) {
  public DimensionRecord {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    if (values.size() != element.recordColumns().size()) {
      throw new IllegalArgumentException("A record of " + element + " with " + values.size());
    }
  }

  /// The value of a dimension (its own key under the dimension's name) or field.
  public @Nullable Object value(String name) {
    String column =
        element.isDimension() && name.equals(element.name()) ? element.primaryKey().name() : name;
    for (int i = 0; i < values.size(); i++) {
      if (element.recordColumns().get(i).name().equals(column)) {
        return values.get(i);
      }
    }
    throw new IllegalArgumentException("No column '" + name + "' in records of " + element);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DimensionRecord that
        && element == that.element
        && Objects.deepEquals(values.toArray(), that.values.toArray());
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.deepHashCode(values.toArray());
  }
}
