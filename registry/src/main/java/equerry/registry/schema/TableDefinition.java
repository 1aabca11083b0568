package equerry.registry.schema;

import equerry.registry.db.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table with its keys and indexes, as the stock package makes it.
///
/// Names of constraints, indexes and sequences follow from those of tables and columns (see
/// [TableSql]); they matter, since schema migrations of the stock package refer to them.
///
/// @param name its name, without a schema
/// @param columns its columns in order
/// @param primaryKey the columns that identify a row, in order
/// @param uniques further sets of columns that no two rows share
/// @param foreignKeys what its rows refer to; each has an index, unless its columns have one already
/// @param indexes indexes that are no keys; those on the columns of a key are left out
/// @param comment what PostgreSQL tells of it
public record TableDefinition(
    String name,
    List<ColumnDefinition> columns,
    List<String> primaryKey,
    List<List<String>> uniques,
    List<ForeignKey> foreignKeys,
    List<Index> indexes,
    @Nullable String comment) {

  public TableDefinition {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniques = uniques.stream().map(List::copyOf).toList();
    foreignKeys = List.copyOf(foreignKeys);
    indexes = List.copyOf(indexes);
  }

  /// The statements that make the table, to be run in this order; the tables it refers to must
  /// exist. Names have no schema: the connection's search path says where the table goes.
  public List<String> statements(Dialect dialect) {
    return new TableSql(this, dialect).statements();
  }

  /// The columns as the database has them, where a timespan may be two.
  public List<String> columnNames(Dialect dialect) {
    return new TableSql(this, dialect).columnNames();
  }
}
