package equerry.registry.write;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Constraint;
import equerry.registry.db.WriteSession;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/// Datasets of one type that are to be registered in one run.
///
/// @param run the run
/// @param type the dataset type
/// @param ids their identities
/// @param dataIds the required values of their data IDs, in the same order
record NewDatasets(CollectionRow run, TypeRow type, List<UUID> ids, List<List<Object>> dataIds) {

  /// Writes the rows: those of the datasets first, then the run's summary, then those of the run,
  /// which refer to both.
  ///
  /// @param ingestDate the parameter for the time of their registration
  /// @throws ButlerException.Conflict (conflict) for what is there already or refers to nothing, with
  ///     all of this taken back
  void write(WriteScope scope, Object ingestDate) throws SQLException {
    try {
      scope.session().nested(session -> write(scope, session, ingestDate));
    } catch (SQLException failure) {
      if (Constraint.broken(failure).isEmpty()) {
        throw failure;
      }
      throw new DatasetFaults(scope, this).explain(failure);
    }
  }

  private boolean write(WriteScope scope, WriteSession session, Object ingestDate)
      throws SQLException {
    session.load(
        "dataset",
        List.of(
            "id", "dataset_type_id", scope.variant().collectionKeys().runColumn(), "ingest_date"),
        rows(i -> List.of(ids.get(i), type.id(), run.key(), ingestDate)));
    Milestone.DATASETS_ROWS_WRITTEN.passed();
    new SummaryRows(scope).ensure(run, type, dataIds);
    List<String> columns =
        new ArrayList<>(
            List.of(
                "dataset_type_id",
                "dataset_id",
                scope.variant().collectionKeys().collectionColumn()));
    type.type().dimensions().required().forEach(name -> columns.add(RecordColumns.quote(name)));
    session.load(RecordColumns.quote(type.tagsTable()), columns, rows(this::tag));
    Milestone.DATASETS_TAGS_WRITTEN.passed();
    return true;
  }

  private List<Object> tag(int i) {
    List<Object> row = new ArrayList<>(3 + dataIds.get(i).size());
    row.add(type.id());
    row.add(ids.get(i));
    row.add(run.key());
    row.addAll(dataIds.get(i));
    return row;
  }

  /// A row for each dataset, made when it is asked for.
  private List<List<Object>> rows(IntFunction<List<Object>> row) {
    return new AbstractList<>() {
      @Override
      public List<Object> get(int index) {
        return row.apply(index);
      }

      @Override
      public int size() {
        return ids.size();
      }
    };
  }
}
