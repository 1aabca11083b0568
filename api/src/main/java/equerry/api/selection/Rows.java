package equerry.api.selection;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.query.ResultStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes objects of [ResultRows], whose columns are in the canonical order that is described there.
public final class Rows {
  private Rows() {}

  /// Makes an object of a row.
  @FunctionalInterface
  interface Reader<T> {
    T read(DimensionGroup dimensions, List<ResultColumn> columns, Object[] row);
  }

  /// The datasets of one of the parts of [Queries#allDatasets].
  ///
  /// @param rows rows of refs; closing the result closes them
  /// @param dimensions the dimensions of the dataset type
  public static ResultStream<DatasetRef> refs(ResultRows rows, DimensionGroup dimensions) {
    return typed(rows, dimensions, Rows::ref);
  }

  static <T> ResultStream<T> typed(ResultRows rows, DimensionGroup dimensions, Reader<T> reader) {
    return new Typed<>(rows, dimensions, reader);
  }

  static DataId dataId(DimensionGroup dimensions, List<ResultColumn> columns, Object[] row) {
    List<@Nullable Object> keys =
        new ArrayList<>(Arrays.asList(row).subList(0, dimensions.keys().size()));
    return DataId.of(dimensions, keys);
  }

  static ExpandedDataId expanded(
      DimensionGroup dimensions, List<ResultColumn> columns, Object[] row) {
    return new ExpandedDataId(
        dataId(dimensions, columns, row), records(row, dimensions.keys().size()));
  }

  static DimensionRecord record(
      DimensionGroup dimensions, List<ResultColumn> columns, Object[] row) {
    return (DimensionRecord) row[0];
  }

  static DatasetRef ref(DimensionGroup dimensions, List<ResultColumn> columns, Object[] row) {
    int keys = dimensions.keys().size();
    int records = keys + 2;
    return new DatasetRef(
        (UUID) row[keys],
        type(columns.get(keys)),
        dataId(dimensions, columns, row),
        (String) row[keys + 1],
        row.length > records ? records(row, records) : null);
  }

  private static DatasetType type(ResultColumn column) {
    if (column instanceof ResultColumn.Dataset(DatasetType type, DatasetColumn field)
        && field == DatasetColumn.DATASET_ID) {
      return type;
    }
    throw new IllegalStateException("Rows of refs with the column " + column.label());
  }

  static GeneralRow general(DimensionGroup dimensions, List<ResultColumn> columns, Object[] row) {
    return new GeneralRow(columns, Arrays.asList(row));
  }

  /// The records that there are; those of elements without a table may be missing.
  private static List<DimensionRecord> records(Object[] row, int from) {
    return Arrays.stream(row, from, row.length)
        .filter(Objects::nonNull)
        .map(DimensionRecord.class::cast)
        .toList();
  }

  private record Typed<T>(ResultRows rows, DimensionGroup dimensions, Reader<T> reader)
      implements ResultStream<T> {
    @Override
    public Iterator<T> iterator() {
      Iterator<Object[]> inner = rows.iterator();
      List<ResultColumn> columns = rows.columns();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return inner.hasNext();
        }

        @Override
        public T next() {
          return reader.read(dimensions, columns, inner.next());
        }
      };
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
