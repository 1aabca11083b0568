package equerry.api.query;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rows of a query's result are, their order and their number.
public sealed interface ResultSpec {
  /// The dimensions whose keys every row has.
  DimensionGroup dimensions();

  Options options();

  /// What all kinds of results have in common.
  ///
  /// @param orderBy sort keys, the first decides first
  /// @param limit how many rows at most, null for all
  /// @param allowDuplicateOverlaps whether spatial joins may repeat rows
  record Options(List<OrderTerm> orderBy, @Nullable Long limit, boolean allowDuplicateOverlaps) {
    /// No order and no limit.
    public static final Options NONE = new Options(List.of(), null, false);

    public Options {
      orderBy = List.copyOf(orderBy);
    }

    /// The limit, if there is one.
    public OptionalLong limitIfAny() {
      return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }
  }

  /// Data IDs with implied values.
  record DataIds(DimensionGroup dimensions, boolean withRecords, Options options)
      implements ResultSpec {}

  /// Records of an element.
  record Records(DimensionElement element, DimensionGroup dimensions, Options options)
      implements ResultSpec {}

  /// Datasets of one type, each with its full data ID.
  ///
  /// @param typeName name of the type
  /// @param dimensions the type's dimensions as the user knows them
  /// @param storageClass the storage class to report
  /// @param withRecords whether the records of the data IDs come along
  /// @param findFirst only the dataset of the first collection that has one for a data ID
  record Refs(
      String typeName,
      DimensionGroup dimensions,
      @Nullable String storageClass,
      boolean withRecords,
      boolean findFirst,
      Options options)
      implements ResultSpec {}

  /// Chosen columns.
  ///
  /// @param fields fields of dimension elements, by element in any order
  /// @param datasetFields fields of joined datasets, by dataset type
  /// @param withRecords whether all fields of the elements come along
  record General(
      DimensionGroup dimensions,
      Map<String, Set<String>> fields,
      Map<String, Set<DatasetColumn>> datasetFields,
      boolean withRecords,
      boolean findFirst,
      Options options)
      implements ResultSpec {}

  /// A column of the rows that answer a query, in the canonical order of [ResultRows].
  sealed interface ResultColumn {
    /// The column's name in queries: `visit`, `visit.exposure_time`, `raw.run`; a whole record has
    /// its element's.
    default String label() {
      return switch (this) {
        case Key(DimensionElement dimension) -> dimension.name();
        case Field(DimensionElement element, Column column) -> element.name() + "." + column.name();
        case Dataset(DatasetType type, DatasetColumn column) -> type.name() + "." + column.label();
        case Record(DimensionElement element) -> element.name();
      };
    }

    record Key(DimensionElement dimension) implements ResultColumn {}

    record Field(DimensionElement element, Column column) implements ResultColumn {}

    record Dataset(DatasetType type, DatasetColumn column) implements ResultColumn {}

    /// A whole record ([equerry.api.dimension.DimensionRecord]); records of cached elements are
    /// the same object in every row that has them.
    record Record(DimensionElement element) implements ResultColumn {}
  }
}
