package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.query.DatasetColumn;
import java.util.List;

/// What a column of a statement under construction stands for.
sealed interface LogicalColumn {
  /// The key of a dimension.
  record Key(String dimension) implements LogicalColumn {}

  /// A field of an element's records.
  record Field(DimensionElement element, Column column) implements LogicalColumn {}

  /// A property of a dataset.
  record Dataset(String datasetType, DatasetColumn column) implements LogicalColumn {}

  /// The key of the collection in which a dataset was found.
  record CollectionKey(String datasetType) implements LogicalColumn {}

  /// Regions of all rows that are folded into one, as text.
  ///
  /// @param name tells it from others in the query
  /// @param parts the regions that are gathered; those of a pair are joined by `&`
  /// @param separator what stands between the texts of two rows
  record Gathered(String name, List<? extends LogicalColumn> parts, String separator)
      implements LogicalColumn {
    public Gathered {
      parts = List.copyOf(parts);
    }
  }

  /// How many validity ranges were folded into a row.
  record MatchCount() implements LogicalColumn {}

  /// The column of a field or dataset property is a timespan.
  default boolean isTimespan() {
    return switch (this) {
      case Field field -> field.column().type() == ColumnType.TIMESPAN;
      case Dataset dataset -> dataset.column() == DatasetColumn.TIMESPAN;
      case Key key -> false;
      case CollectionKey key -> false;
      case MatchCount count -> false;
      case Gathered gathered -> false;
    };
  }
}
