package equerry.cli.shell;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the rows of a table are sorted.
///
/// @param keys positions of the columns to compare, the first decides first; none to keep the order
public record RowOrder(List<Integer> keys) {
  public static final RowOrder AS_GIVEN = new RowOrder(List.of());

  public RowOrder {
    keys = List.copyOf(keys);
  }

  /// The stock commands' order: first these columns, then dimensions with a region or timespan and
  /// what they require, then the others.
  public static RowOrder of(List<String> first, List<OutputColumn> columns, DimensionGroup group) {
    Set<String> names = new LinkedHashSet<>(first);
    List<String> late = new ArrayList<>();
    for (String key : group.keys()) {
      DimensionElement dimension = group.universe().element(key);
      if (dimension.spatial().isPresent() || dimension.temporal().isPresent()) {
        names.addAll(dimension.required());
      } else {
        late.add(key);
      }
    }
    names.addAll(late);
    List<String> titles = columns.stream().map(OutputColumn::key).toList();
    return new RowOrder(names.stream().map(titles::indexOf).filter(at -> at >= 0).toList());
  }

  /// By the first columns.
  public static RowOrder ofFirst(int count) {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(i);
    }
    return new RowOrder(keys);
  }

  void sort(List<List<@Nullable Object>> rows) {
    if (!keys.isEmpty()) {
      rows.sort(this::compare);
    }
  }

  private int compare(List<@Nullable Object> a, List<@Nullable Object> b) {
    for (int key : keys) {
      int order = VALUES.compare(a.get(key), b.get(key));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static final Comparator<@Nullable Object> VALUES = RowOrder::compareValues;

  private static int compareValues(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a instanceof Long x && b instanceof Long y
        ? Long.compare(x, y)
        : a.toString().compareTo(b.toString());
  }
}
