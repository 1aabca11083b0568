package equerry.registry.doctor;

import static java.util.stream.Collectors.joining;

import equerry.api.dimension.DimensionElement;
import equerry.registry.db.Dialect;
import equerry.registry.db.Sql;
import equerry.registry.doctor.KnownTables.OfGroup;
import equerry.registry.schema.RecordColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.SQLDialect;

/// Finds members of collections that are not told as such.
final class MemberProbes {
  private static final String TYPES = "collection_summary_dataset_type";
  private final KnownTables tables;
  private final String collection;

  MemberProbes(KnownTables tables) {
    this.tables = tables;
    this.collection = tables.collection();
  }

  /// Rows that summaries of collections lack. Queries pass over a collection whose summary does not
  /// tell of a dataset type.
  List<Probe> summaries() {
    List<Probe> probes = new ArrayList<>();
    if (tables.has(TYPES)) {
      probes.add(types());
    }
    tables.universe().elements().stream()
        .filter(DimensionElement::isGovernor)
        .map(DimensionElement::name)
        .filter(governor -> tables.has("collection_summary_" + governor))
        .forEach(governor -> governor(governor).ifPresent(probes::add));
    return probes;
  }

  private Stream<OfGroup> members() {
    return Stream.concat(tables.presentTags().stream(), tables.presentCalibs().stream());
  }

  private Probe types() {
    String held =
        Stream.concat(
                Stream.of(
                    "SELECT %s AS holder, dataset_type_id AS held FROM dataset"
                        .formatted(tables.run())),
                members()
                    .map(
                        each ->
                            "SELECT %s, dataset_type_id FROM %s"
                                .formatted(collection, quoted(each))))
            .collect(joining(" UNION "));
    return missing(TYPES, "dataset_type_id", "dataset_type", "id", held);
  }

  private Optional<Probe> governor(String governor) {
    List<String> held =
        members()
            .filter(each -> each.group().required().contains(governor))
            .map(
                each ->
                    "SELECT %s AS holder, %s AS held FROM %s"
                        .formatted(collection, RecordColumns.quote(governor), quoted(each)))
            .toList();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    String key = tables.universe().element(governor).primaryKey().name();
    return Optional.of(
        missing(
            "collection_summary_" + governor,
            governor,
            governor,
            key,
            String.join(" UNION ", held)));
  }

  /// @param held selects what collections hold: their key as `holder` and a value as `held`
  private Probe missing(
      String summary, String column, String target, String targetKey, String held) {
    String value = RecordColumns.quote(column);
    String rows =
        ("SELECT h.holder, h.held FROM (%3$s EXCEPT SELECT %1$s, %2$s FROM %4$s) AS h"
                + " WHERE EXISTS (SELECT 1 FROM collection AS c WHERE c.%5$s = h.holder)"
                + " AND EXISTS (SELECT 1 FROM %6$s AS o WHERE o.%7$s = h.held)")
            .formatted(
                collection,
                value,
                held,
                summary,
                tables.variant().collectionKeys().primaryKey(),
                RecordColumns.quote(target),
                RecordColumns.quote(targetKey));
    String add =
        "INSERT INTO %s (%s, %s) %s ON CONFLICT DO NOTHING"
            .formatted(summary, collection, value, rows);
    return new Probe(summary, List.of("collection", column), Sql.of(rows), List.of(Sql.of(add)));
  }

  /// Datasets that the table of their run's members lacks. Their data ID is still known where they
  /// are in another collection.
  List<Probe> tags() {
    return tables.presentTags().stream().map(this::tags).toList();
  }

  private Probe tags(OfGroup table) {
    String lacking =
        ("FROM dataset AS d JOIN dataset_type AS y ON y.id = d.dataset_type_id%%s"
                + " WHERE y.tag_association_table = ? AND NOT EXISTS (SELECT 1 FROM %s AS t"
                + " WHERE t.dataset_id = d.id AND t.%s = d.%s)")
            .formatted(quoted(table), collection, tables.run());
    String dataId =
        Stream.concat(
                Stream.of("dataset_id"),
                table.group().required().stream().map(RecordColumns::quote))
            .collect(joining(", "));
    String elsewhere =
        Stream.concat(Stream.of(table), sameGroup(table))
            .map(each -> "SELECT %s FROM %s".formatted(dataId, quoted(each)))
            .collect(joining(" UNION "));
    String copied =
        table.group().required().stream()
            .map(name -> ", e." + RecordColumns.quote(name))
            .collect(joining());
    String add =
        "INSERT INTO %s (dataset_type_id, %s, %s) SELECT d.dataset_type_id, d.id%s, d.%s %s ON CONFLICT DO NOTHING"
            .formatted(
                quoted(table),
                dataId,
                collection,
                copied,
                tables.run(),
                lacking.formatted(" JOIN (" + elsewhere + ") AS e ON e.dataset_id = d.id"));
    return new Probe(
        table.name(),
        List.of("dataset", "dataset type", "run"),
        Sql.of(
            "SELECT d.id, y.name, d.%s %s".formatted(tables.run(), lacking.formatted("")),
            table.name()),
        List.of(Sql.of(add, table.name())));
  }

  private Stream<OfGroup> sameGroup(OfGroup table) {
    return tables.presentCalibs().stream().filter(each -> each.group().equals(table.group()));
  }

  /// Datasets of one data ID that are valid at the same time. Only the stock package's own care
  /// forbids that, no constraint.
  List<Probe> ambiguous(Dialect dialect) {
    return tables.presentCalibs().stream().map(table -> ambiguous(dialect, table)).toList();
  }

  private Probe ambiguous(Dialect dialect, OfGroup table) {
    String overlap =
        dialect.jooq() == SQLDialect.POSTGRES
            ? "a.timespan && b.timespan"
            : "a.timespan_begin < b.timespan_end AND b.timespan_begin < a.timespan_end";
    String same =
        Stream.concat(
                Stream.of("dataset_type_id", collection),
                table.group().required().stream().map(RecordColumns::quote))
            .map(name -> "a.%1$s = b.%1$s".formatted(name))
            .collect(joining(" AND "));
    return new Probe(
        table.name(),
        List.of("dataset", "dataset", "collection"),
        Sql.of(
            "SELECT a.dataset_id, b.dataset_id AS other, a.%s FROM %s AS a JOIN %s AS b ON %s AND a.id < b.id AND %s"
                .formatted(collection, quoted(table), quoted(table), same, overlap)),
        List.of());
  }

  private static String quoted(OfGroup table) {
    return RecordColumns.quote(table.name());
  }
}
