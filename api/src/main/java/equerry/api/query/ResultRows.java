package equerry.api.query;

import java.util.List;

/// The answer to a query: its columns and a stream of rows with a value for each.
///
/// Order of columns: dimension keys (required, then implied), fields of elements in the universe's
/// and the record's order, then datasets by name with their fields in alphabetical order, then whole
/// records in the universe's order. Which of these there are depends on the [ResultSpec]:
///
/// - data IDs: keys, and with records every element of the group;
/// - records: one record;
/// - refs: keys, `dataset_id` and `run` of the one type, and with records every element;
/// - general: keys, the fields that were chosen (with records: all fields of elements that are not
///   cached), dataset fields, and with records the cached elements.
///
/// Values are the Java values of their types (see [equerry.api.ColumnType]), null for SQL NULL.
public interface ResultRows extends ResultStream<Object[]> {
  List<ResultSpec.ResultColumn> columns();
}
