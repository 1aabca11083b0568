package equerry.registry.doctor;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.RecordTable;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Session;
import equerry.registry.schema.DatasetTables;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.StaticTables;
import equerry.registry.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The tables that a repository should have, and which of them it has.
///
/// @param fixed those of every registry, each after those that it refers to
/// @param tags those of datasets in RUN and TAGGED collections
/// @param calibs those of datasets in CALIBRATION collections
/// @param records those that exist of file records
/// @param present the names of all that exist
record KnownTables(
    DimensionUniverse universe,
    SchemaVariant variant,
    List<TableDefinition> fixed,
    List<OfGroup> tags,
    List<OfGroup> calibs,
    List<RecordTable> records,
    Set<String> present) {

  /// A table of datasets with a group of dimensions.
  record OfGroup(TableDefinition table, DimensionGroup group) {
    String name() {
      return table.name();
    }
  }

  static KnownTables read(
      Session session, Catalog catalog, SchemaVariant variant, List<RecordTable> recordTables)
      throws SQLException {
    DimensionUniverse universe = catalog.universe();
    List<TableDefinition> fixed = StaticTables.of(universe, variant);
    Map<String, OfGroup> tags = new LinkedHashMap<>();
    Map<String, OfGroup> calibs = new LinkedHashMap<>();
    for (TypeRow row : catalog.types(session).values()) {
      DimensionGroup group = row.type().dimensions();
      tags.computeIfAbsent(row.tagsTable(), name -> tags(name, universe, group, variant));
      if (row.calibsTable() != null) {
        calibs.computeIfAbsent(row.calibsTable(), name -> calibs(name, universe, group, variant));
      }
    }
    Set<String> present = new HashSet<>();
    List<String> names = new ArrayList<>(tags.keySet());
    names.addAll(calibs.keySet());
    fixed.forEach(table -> names.add(table.name()));
    recordTables.forEach(table -> names.add(table.table()));
    for (String name : names) {
      if (session.first(session.dialect().tableExists(name), row -> true).isPresent()) {
        present.add(name);
      }
    }
    return new KnownTables(
        universe,
        variant,
        fixed,
        List.copyOf(tags.values()),
        List.copyOf(calibs.values()),
        recordTables.stream().filter(table -> present.contains(table.table())).toList(),
        present);
  }

  private static OfGroup tags(
      String name, DimensionUniverse universe, DimensionGroup group, SchemaVariant variant) {
    return named(name, DatasetTables.tags(universe, group, 0, variant), group);
  }

  private static OfGroup calibs(
      String name, DimensionUniverse universe, DimensionGroup group, SchemaVariant variant) {
    return named(name, DatasetTables.calibs(universe, group, 0, variant), group);
  }

  /// The row of the dataset type says what its table is called, whatever the group's key.
  private static OfGroup named(String name, TableDefinition made, DimensionGroup group) {
    return new OfGroup(
        new TableDefinition(
            name,
            made.columns(),
            made.primaryKey(),
            made.uniques(),
            made.foreignKeys(),
            made.indexes(),
            made.comment()),
        group);
  }

  /// All that should be there, but for file records, which datastores make when they are first used.
  List<TableDefinition> expected() {
    return Stream.of(
            fixed.stream(), tags.stream().map(OfGroup::table), calibs.stream().map(OfGroup::table))
        .flatMap(each -> each)
        .toList();
  }

  boolean has(String name) {
    return present.contains(name);
  }

  List<OfGroup> presentTags() {
    return tags.stream().filter(each -> has(each.name())).toList();
  }

  List<OfGroup> presentCalibs() {
    return calibs.stream().filter(each -> has(each.name())).toList();
  }

  /// The elements whose regions have pixels, as far as all their tables are there.
  List<DimensionElement> spatial() {
    return universe.elements().stream()
        .filter(element -> element.hasTable() && element.spatial().isPresent())
        .filter(element -> has(element.name()) && has(overlaps(element)) && has(summary(element)))
        .toList();
  }

  static String overlaps(DimensionElement element) {
    return element.name() + "_skypix_overlap";
  }

  static String summary(DimensionElement element) {
    return overlaps(element) + "_summary";
  }

  /// The column of tables that hold members of collections.
  String collection() {
    return variant.collectionKeys().collectionColumn();
  }

  String run() {
    return variant.collectionKeys().runColumn();
  }
}
