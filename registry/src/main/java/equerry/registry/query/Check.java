package equerry.registry.query;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.sphere.Region;
import java.util.List;

/// What must still be checked of a row after SQL: pixels in common do not make regions overlap.
///
/// Where the elements of a check are projected away, the regions of all rows that are folded into
/// one are gathered as text, as [Region#decodeBase64] and [Region#overlapsBase64] read it: the row
/// stays when any of them passes.
sealed interface Check {
  /// The regions of two elements must overlap.
  record Joined(DimensionElement a, DimensionElement b) implements Check {}

  /// The region of an element must overlap a given one.
  record Within(DimensionElement element, Region region) implements Check {}

  /// The regions of any gathered pair must overlap.
  record AnyPair(LogicalColumn.Gathered pairs) implements Check {}

  /// The union of gathered regions must overlap a given one.
  record UnionWithin(LogicalColumn.Gathered regions, Region region) implements Check {}

  /// The columns that a statement must have for this check.
  default List<LogicalColumn> columns() {
    return switch (this) {
      case Joined joined -> List.of(region(joined.a()), region(joined.b()));
      case Within within -> List.of(region(within.element()));
      case AnyPair any -> List.of(any.pairs());
      case UnionWithin within -> List.of(within.regions());
    };
  }

  /// The same check on rows that have the elements of a group only.
  ///
  /// @param scope makes the names of gathered columns of different queries differ
  default Check projected(DimensionGroup group, String scope) {
    return switch (this) {
      case Joined(DimensionElement a, DimensionElement b)
          when !group.containsElement(a.name()) || !group.containsElement(b.name()) ->
          new AnyPair(
              new LogicalColumn.Gathered(scope + a + "&" + b, List.of(region(a), region(b)), "|"));
      case Within(DimensionElement element, Region region)
          when !group.containsElement(element.name()) ->
          new UnionWithin(
              new LogicalColumn.Gathered(scope + element, List.of(region(element)), ":"), region);
      case Joined joined -> joined;
      case Within within -> within;
      case AnyPair any -> any;
      case UnionWithin within -> within;
    };
  }

  /// The region of an element's records.
  static LogicalColumn.Field region(DimensionElement element) {
    Column column = element.findField("region").orElseThrow();
    return new LogicalColumn.Field(element, column);
  }
}
