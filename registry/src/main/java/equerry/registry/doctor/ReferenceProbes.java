package equerry.registry.doctor;

import static java.util.stream.Collectors.joining;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.ForeignKey;
import equerry.registry.schema.ForeignKey.OnDelete;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds rows that refer to rows which are gone.
///
/// A stock writer of SQLite leaves them when its connection has foreign keys off: then deleting a
/// collection or dataset deletes no rows of other tables.
final class ReferenceProbes {
  /// Rows that are worth something without what they refer to; the rest goes with it.
  private static final Set<String> KEPT = Set.of("dataset", "run");

  private final KnownTables tables;

  ReferenceProbes(KnownTables tables) {
    this.tables = tables;
  }

  /// Rows that mean nothing without what is gone.
  List<Probe> leftovers() {
    List<Probe> probes = new ArrayList<>();
    forEachKey(
        (table, key) -> {
          if (isLeftover(table, key)) {
            probes.add(probe(table, key, Sql.of("DELETE" + broken(table, key))));
          }
        });
    tables.spatial().forEach(element -> probes.add(pixelsOfNothing(element)));
    return probes;
  }

  /// Rows that something is missing for.
  List<Probe> broken() {
    List<Probe> probes = new ArrayList<>();
    forEachKey(
        (table, key) -> {
          if (!isLeftover(table, key) && !hasOwnCheck(table, key)) {
            probes.add(probe(table, key));
          }
        });
    return probes;
  }

  private void forEachKey(java.util.function.BiConsumer<TableDefinition, ForeignKey> visitor) {
    for (TableDefinition table : tables.expected()) {
      for (ForeignKey key : table.foreignKeys()) {
        if (tables.has(table.name()) && tables.has(key.table())) {
          visitor.accept(table, key);
        }
      }
    }
  }

  private static boolean isLeftover(TableDefinition table, ForeignKey key) {
    boolean linksToNothing =
        table.name().equals("collection_chain") && key.columns().equals(List.of("child"));
    return linksToNothing
        || (key.onDelete() == OnDelete.CASCADE
            && !KEPT.contains(table.name())
            && !hasOwnCheck(table, key));
  }

  /// References to rows that can be made again, and rows that files hang on.
  private static boolean hasOwnCheck(TableDefinition table, ForeignKey key) {
    return key.table().startsWith("collection_summary_")
        || key.table().endsWith("_skypix_overlap_summary")
        || table.name().equals("dataset_location");
  }

  private static Probe probe(TableDefinition table, ForeignKey key, Sql... mends) {
    String columns = key.columns().stream().map(RecordColumns::quote).collect(joining(", "));
    return new Probe(
        table.name() + " without its " + key.table(),
        key.columns(),
        Sql.of("SELECT " + columns + broken(table, key)),
        List.of(mends));
  }

  private static String broken(TableDefinition table, ForeignKey key) {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      same.add(
          "o.%s = r.%s"
              .formatted(
                  RecordColumns.quote(key.targets().get(i)),
                  RecordColumns.quote(key.columns().get(i))));
    }
    return " FROM %s AS r WHERE NOT EXISTS (SELECT 1 FROM %s AS o WHERE %s)"
        .formatted(
            RecordColumns.quote(table.name()),
            RecordColumns.quote(key.table()),
            String.join(" AND ", same));
  }

  /// No foreign key leads from pixels to the record of an element that is no dimension.
  private static Probe pixelsOfNothing(DimensionElement element) {
    String same =
        element.required().stream()
            .map(
                name ->
                    "e.%s = r.%s"
                        .formatted(
                            RecordColumns.quote(keyColumn(element, name).name()),
                            RecordColumns.quote(name)))
            .collect(joining(" AND "));
    String from =
        " FROM %s AS r WHERE NOT EXISTS (SELECT 1 FROM %s AS e WHERE %s)"
            .formatted(
                RecordColumns.quote(KnownTables.overlaps(element)),
                RecordColumns.quote(element.name()),
                same);
    String columns = element.required().stream().map(RecordColumns::quote).collect(joining(", "));
    return new Probe(
        KnownTables.overlaps(element) + " without its " + element.name(),
        element.required(),
        Sql.of("SELECT " + columns + from),
        List.of(Sql.of("DELETE" + from)));
  }

  /// The column of an element's own table that holds the value of one of its required dimensions.
  static Column keyColumn(DimensionElement element, String dimension) {
    return element.recordColumns().get(element.required().indexOf(dimension));
  }
}
