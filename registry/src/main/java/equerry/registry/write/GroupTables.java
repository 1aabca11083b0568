package equerry.registry.write;

import equerry.api.dimension.DimensionGroup;
import equerry.api.fault.Milestone;
import equerry.registry.db.Sql;
import equerry.registry.schema.DatasetTables;
import equerry.registry.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The tables that all dataset types of the same dimensions share, and the key in their names.
///
/// They are made in the transaction that registers the first type. PostgreSQL's table of keys is
/// locked then until it ends, so that no other writer gives the same dimensions another key.
final class GroupTables {
  private static final List<String> LOCKED =
      List.of("dimension_graph_key", "dimension_graph_definition");
  private final WriteScope scope;

  GroupTables(WriteScope scope) {
    this.scope = scope;
  }

  /// The tables of a group.
  ///
  /// @param key its key
  /// @param tags the table of datasets in RUN and TAGGED collections
  /// @param calibs the table of datasets in CALIBRATION collections, null for types without
  record Names(long key, String tags, @Nullable String calibs) {}

  /// Makes what is not there yet.
  Names ensure(DimensionGroup group, boolean isCalibration) throws SQLException {
    OptionalLong known = scope.catalog().findKey(scope.session(), group);
    if (known.isPresent() && missing(group, known.getAsLong(), isCalibration).isEmpty()) {
      return names(group, known.getAsLong(), isCalibration);
    }
    Optional<String> lock = scope.session().dialect().tableLock(LOCKED);
    if (lock.isPresent()) {
      scope.session().define(lock.get());
    }
    OptionalLong found = scope.catalog().findKey(scope.session(), group);
    long key = found.isPresent() ? found.getAsLong() : insert(group);
    for (TableDefinition table : missing(group, key, isCalibration)) {
      create(table);
    }
    Milestone.DATASET_TABLES_CREATED.passed();
    return names(group, key, isCalibration);
  }

  private long insert(DimensionGroup group) throws SQLException {
    String number = scope.session().dialect().nextNumber("dimension_graph_key", "id");
    Sql insert =
        Sql.of("INSERT INTO dimension_graph_key (id) VALUES (" + number + ") RETURNING id");
    long key = scope.session().first(insert, row -> row.integer(1)).orElseThrow();
    Milestone.GROUP_KEY_INSERTED.passed();
    scope
        .session()
        .batch(
            "INSERT INTO dimension_graph_definition (dimension_graph_id, dimension_name)"
                + " VALUES (?, ?)",
            group.required().stream().map(name -> List.of(key, name)).toList());
    return key;
  }

  private List<TableDefinition> definitions(DimensionGroup group, long key, boolean calibs) {
    TableDefinition tags = DatasetTables.tags(scope.universe(), group, key, scope.variant());
    return calibs
        ? List.of(tags, DatasetTables.calibs(scope.universe(), group, key, scope.variant()))
        : List.of(tags);
  }

  private List<TableDefinition> missing(DimensionGroup group, long key, boolean calibs)
      throws SQLException {
    List<TableDefinition> missing = new ArrayList<>();
    for (TableDefinition table : definitions(group, key, calibs)) {
      if (!exists(table)) {
        missing.add(table);
      }
    }
    return missing;
  }

  private boolean exists(TableDefinition table) throws SQLException {
    Sql exists = scope.session().dialect().tableExists(table.name());
    return scope.session().first(exists, row -> true).isPresent();
  }

  /// Makes a table. A stock writer takes no lock for that: where it was faster, its table is ours.
  private void create(TableDefinition table) throws SQLException {
    try {
      scope
          .session()
          .nested(
              session -> {
                for (String statement : table.statements(session.dialect())) {
                  scope.session().define(statement);
                }
                return table;
              });
    } catch (SQLException failure) {
      if (!exists(table)) {
        throw failure;
      }
    }
  }

  private Names names(DimensionGroup group, long key, boolean calibs) {
    List<TableDefinition> tables = definitions(group, key, calibs);
    return new Names(key, tables.getFirst().name(), calibs ? tables.getLast().name() : null);
  }
}
