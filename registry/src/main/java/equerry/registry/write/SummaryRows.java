package equerry.registry.write;

import equerry.api.dimension.DimensionGroup;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The rows that tell which dataset types, instruments and skymaps a collection has something of.
///
/// Queries pass over a collection that its summary says nothing of, and rows of tags and calibs
/// refer to it: it is written before them. It never shrinks.
final class SummaryRows {
  private final WriteScope scope;

  SummaryRows(WriteScope scope) {
    this.scope = scope;
  }

  /// Makes a summary tell of datasets that are to come.
  ///
  /// @param dataIds their required values
  void ensure(CollectionRow collection, TypeRow type, Collection<List<Object>> dataIds)
      throws SQLException {
    String column = scope.variant().collectionKeys().collectionColumn();
    scope
        .session()
        .execute(
            Sql.of(
                "INSERT INTO collection_summary_dataset_type (%s, dataset_type_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
                    .formatted(column),
                collection.key(),
                type.id()));
    DimensionGroup group = type.type().dimensions();
    for (String governor : group.governors()) {
      int place = group.required().indexOf(governor);
      if (place >= 0) {
        TreeSet<String> values = new TreeSet<>();
        dataIds.forEach(row -> values.add((String) row.get(place)));
        String text =
            "INSERT INTO %s (%s, %s) SELECT ?, value FROM %s WHERE true ON CONFLICT DO NOTHING";
        scope
            .session()
            .execute(
                Sql.of(
                    text.formatted(
                        RecordColumns.quote("collection_summary_" + governor),
                        column,
                        RecordColumns.quote(governor),
                        scope.session().dialect().listRows()),
                    collection.key(),
                    List.copyOf(values)));
      }
    }
    Milestone.DATASETS_SUMMARY_WRITTEN.passed();
  }
}
