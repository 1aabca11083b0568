package equerry.registry.write;

import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// A dataset in a RUN or TAGGED collection.
///
/// @param id its identity
/// @param dataId its required values
record Taken(UUID id, List<Object> dataId) {
  /// The datasets of a type that a collection has for data IDs.
  ///
  /// @param dataIds at most [Tuples#BATCH]
  static List<Taken> in(
      WriteScope scope, CollectionRow collection, TypeRow type, Collection<List<Object>> dataIds)
      throws SQLException {
    List<String> dimensions = RecordColumns.quoted("t", type.type().dimensions().required());
    Sql among = Tuples.among(dimensions, dataIds);
    List<String> columns = new ArrayList<>(List.of("t.dataset_id"));
    columns.addAll(dimensions);
    String text =
        "SELECT %s FROM %s t WHERE t.dataset_type_id = ? AND t.%s = ? AND %s"
            .formatted(
                String.join(", ", columns),
                RecordColumns.quote(type.tagsTable()),
                scope.variant().collectionKeys().collectionColumn(),
                among.text());
    List<Object> parameters = new ArrayList<>();
    parameters.add(type.id());
    parameters.add(collection.key());
    among.parameters().forEach(parameters::add);
    return scope
        .session()
        .list(
            new Sql(text, List.copyOf(parameters)),
            row -> new Taken(row.uuid(1), DatasetFaults.values(row, 2, dimensions.size())));
  }
}
