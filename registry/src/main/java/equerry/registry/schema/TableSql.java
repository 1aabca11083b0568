package equerry.registry.schema;

import static java.util.stream.Collectors.joining;

import equerry.api.time.Timespan;
import equerry.registry.db.Dialect;
import equerry.registry.schema.ColumnDefinition.Presence;
import equerry.registry.schema.ForeignKey.OnDelete;
import equerry.registry.schema.Index.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jooq.SQLDialect;

/// Writes the statements of a [TableDefinition] for one database.
///
/// Names (the stock package's, of which PostgreSQL's are shortened by [ShortNames]):
/// `TABLE_unq_COLUMNS`, `TABLE_idx_COLUMNS`, `TABLE_fkidx_COLUMNS`, `TABLE_len_COLUMN`,
/// `TABLE_seq_COLUMN`, `fkey_TABLE_OTHER_TARGETS_COLUMNS`. SQLite keeps the text of a `CREATE
/// TABLE`, so that is laid out as the stock package lays it out.
final class TableSql {
  private static final String LINE = ", \n\t";
  private final TableDefinition table;
  private final boolean postgres;
  private final UnaryOperator<String> named;
  private final List<StoredColumn> columns;

  /// A column as the database has it.
  private record StoredColumn(ColumnDefinition source, String name, String clause) {}

  TableSql(TableDefinition table, Dialect dialect) {
    this.table = table;
    this.postgres = dialect.jooq() == SQLDialect.POSTGRES;
    this.named = postgres ? ShortNames::shrink : UnaryOperator.identity();
    this.columns = table.columns().stream().flatMap(this::stored).toList();
  }

  List<String> columnNames() {
    return columns.stream().map(StoredColumn::name).toList();
  }

  List<String> statements() {
    List<String> statements = new ArrayList<>();
    if (postgres) {
      numbered()
          .map(column -> "CREATE SEQUENCE " + quote(named("seq", List.of(column.name()))))
          .forEach(statements::add);
    }
    statements.add(createTable());
    statements.addAll(indexes());
    if (postgres) {
      statements.addAll(comments());
    }
    return statements;
  }

  private Stream<ColumnDefinition> numbered() {
    return table.columns().stream().filter(column -> column.presence() == Presence.NUMBERED);
  }

  private String createTable() {
    List<String> parts = new ArrayList<>();
    columns.forEach(column -> parts.add(column.clause()));
    parts.add("PRIMARY KEY " + list(stored(table.primaryKey())));
    if (!postgres) {
      table.columns().stream()
          .filter(column -> column.type().maxLength() > 0)
          .map(this::lengthCheck)
          .forEach(parts::add);
    }
    for (List<String> unique : table.uniques()) {
      List<String> group = stored(unique);
      parts.add("CONSTRAINT " + quote(named("unq", group)) + " UNIQUE " + list(group));
    }
    table.foreignKeys().stream().map(this::foreignKey).forEach(parts::add);
    return "CREATE TABLE " + quote(table.name()) + " (\n\t" + String.join(LINE, parts) + "\n)";
  }

  private String lengthCheck(ColumnDefinition column) {
    String length = "length(\"" + column.name() + "\")";
    return "CONSTRAINT "
        + quote(named("len", List.of(column.name())))
        + " CHECK ("
        + length
        + "<="
        + column.type().maxLength()
        + " AND "
        + length
        + ">=1)";
  }

  private String foreignKey(ForeignKey key) {
    String name =
        Stream.of(
                Stream.of("fkey", table.name(), key.table()),
                key.targets().stream(),
                key.columns().stream())
            .flatMap(words -> words)
            .collect(joining("_"));
    return "CONSTRAINT "
        + quote(named.apply(name))
        + " FOREIGN KEY"
        + list(key.columns())
        + " REFERENCES "
        + quote(key.table())
        + " "
        + list(key.targets())
        + (key.onDelete() == OnDelete.CASCADE ? " ON DELETE CASCADE" : "");
  }

  private List<String> indexes() {
    List<String> statements = new ArrayList<>();
    Set<List<String>> taken = new HashSet<>(table.uniques());
    taken.add(table.primaryKey());
    for (Index index : table.indexes()) {
      if (!taken.contains(index.columns()) && (postgres || index.method() != Method.GIST)) {
        statements.add(createIndex("idx", index));
      }
    }
    table.indexes().forEach(index -> taken.add(index.columns()));
    for (ForeignKey key : table.foreignKeys()) {
      if (!taken.contains(key.columns())) {
        statements.add(createIndex("fkidx", Index.on(key.columns())));
      }
    }
    return statements;
  }

  private String createIndex(String kind, Index index) {
    List<String> group = stored(index.columns());
    return "CREATE INDEX "
        + quote(named(kind, group))
        + " ON "
        + quote(table.name())
        + (index.method() == Method.GIST ? " USING gist " : " ")
        + list(group);
  }

  private List<String> comments() {
    List<String> statements = new ArrayList<>();
    if (table.comment() != null) {
      statements.add("COMMENT ON TABLE " + quote(table.name()) + " IS " + literal(table.comment()));
    }
    for (StoredColumn column : columns) {
      String comment = column.source().comment();
      if (comment != null) {
        statements.add(
            "COMMENT ON COLUMN "
                + quote(table.name())
                + "."
                + quote(column.name())
                + " IS "
                + literal(comment));
      }
    }
    return statements;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// The columns of the database that stand for columns of the definition.
  private List<String> stored(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                columns.stream()
                    .filter(column -> column.source().name().equals(name))
                    .map(StoredColumn::name))
        .toList();
  }

  private Stream<StoredColumn> stored(ColumnDefinition column) {
    StoredType type = column.type();
    if (postgres || !type.equals(StoredType.TIMESPAN)) {
      String name = column.name();
      String sqlType = postgres ? type.postgres() : sqliteType(column);
      return Stream.of(
          new StoredColumn(column, name, clause(name, sqlType, column, fallback(type))));
    }
    String begin = column.name() + "_begin";
    String end = column.name() + "_end";
    return Stream.of(
        new StoredColumn(
            column, begin, clause(begin, type.sqlite(), column, Long.toString(Timespan.MIN_NANOS))),
        new StoredColumn(
            column, end, clause(end, type.sqlite(), column, Long.toString(Timespan.MAX_NANOS))));
  }

  /// SQLite numbers rows in a column of exactly this type.
  private static String sqliteType(ColumnDefinition column) {
    return column.presence() == Presence.NUMBERED ? "INTEGER" : column.type().sqlite();
  }

  private String fallback(StoredType type) {
    if (type.equals(StoredType.TIMESPAN)) {
      return "'(,)'::int8range";
    }
    return postgres ? "now()" : "CURRENT_TIMESTAMP";
  }

  private String clause(String name, String sqlType, ColumnDefinition column, String fallback) {
    String start = quote(name) + " " + sqlType;
    return switch (column.presence()) {
      case OPTIONAL -> start;
      case REQUIRED, NUMBERED -> start + " NOT NULL";
      case DEFAULTED -> start + " DEFAULT " + fallback + " NOT NULL";
    };
  }

  private String named(String kind, List<String> group) {
    return named.apply(table.name() + "_" + kind + "_" + String.join("_", group));
  }

  private String list(List<String> names) {
    return names.stream().map(this::quote).collect(joining(", ", "(", ")"));
  }

  private String quote(String name) {
    return postgres ? RecordColumns.quote(name) : SqliteNames.quoteIfNeeded(name);
  }
}
