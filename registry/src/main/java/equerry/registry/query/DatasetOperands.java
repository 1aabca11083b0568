package equerry.registry.query;

import equerry.api.collection.CollectionType;
import equerry.api.query.DatasetColumn;
import equerry.api.time.Timespan;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.query.BoundQuery.DatasetSearch;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Makes the operand of a dataset search: the tags table for RUN and TAGGED collections, the calibs
/// table for CALIBRATION collections, or the union of both.
///
/// The dataset table is joined only for what the others lack: ingest dates, and runs of datasets
/// that were found through other collections than their run.
final class DatasetOperands {
  private final CollectionKeys keys;
  private final Flavor flavor;

  DatasetOperands(CollectionKeys keys, Flavor flavor) {
    this.keys = keys;
    this.flavor = flavor;
  }

  /// The operand of a search that offers these columns.
  Operand of(DatasetSearch search, Set<LogicalColumn> wanted) {
    List<CollectionRow> calibrations =
        search.collections().stream().filter(DatasetOperands::isCalibration).toList();
    List<CollectionRow> others =
        search.collections().stream().filter(row -> !isCalibration(row)).toList();
    if (calibrations.isEmpty()) {
      Operand tags = side(search.type(), search.type().tagsTable(), "tags", others, wanted);
      return wanted.isEmpty() && others.size() > 1 ? distinct(search.type(), tags) : tags;
    }
    String table = search.type().calibsTable();
    Operand calibs =
        side(
            search.type(),
            table == null ? search.type().tagsTable() : table,
            "calibs",
            calibrations,
            wanted);
    if (others.isEmpty()) {
      // As in the stock package: a dataset is found once for each of its validity ranges.
      return wanted.isEmpty() && calibrations.size() > 1 ? distinct(search.type(), calibs) : calibs;
    }
    Operand tags = side(search.type(), search.type().tagsTable(), "tags", others, wanted);
    return subquery(search.type(), tags, select(tags).union(select(calibs)));
  }

  private static boolean isCalibration(CollectionRow row) {
    return row.type() == CollectionType.CALIBRATION;
  }

  private Operand side(
      TypeRow type,
      String tableName,
      String kind,
      List<CollectionRow> collections,
      Set<LogicalColumn> wanted) {
    Table<?> table = Operand.table(tableName, alias(type, kind));
    Table<?> dataset = Operand.table("dataset", alias(type, kind + "_dataset"));
    Field<?> collectionKey = Flavor.column(table, keys.collectionColumn());
    Operand operand =
        new Operand(table)
            .keyColumns(type.type().dimensions().required())
            .where(equal(Flavor.column(table, "dataset_type_id"), DSL.val(type.id())))
            .where(among(collectionKey, collections));
    boolean runsOnly = collections.stream().allMatch(row -> row.type() == CollectionType.RUN);
    boolean joinsDataset =
        wanted.contains(column(type, DatasetColumn.INGEST_DATE))
            || wanted.contains(column(type, DatasetColumn.RUN)) && !runsOnly;
    if (joinsDataset) {
      operand.join(
          dataset,
          equal(Flavor.column(dataset, "id"), Flavor.column(table, "dataset_id"))
              .and(equal(Flavor.column(dataset, "dataset_type_id"), DSL.val(type.id()))));
    }
    for (LogicalColumn column : wanted) {
      switch (column) {
        case LogicalColumn.CollectionKey key -> operand.column(key, SqlValue.of(collectionKey));
        case LogicalColumn.Dataset(String name, DatasetColumn property) ->
            operand.column(
                column,
                switch (property) {
                  case COLLECTION -> SqlValue.of(nameOf(collectionKey, collections));
                  case DATASET_ID -> SqlValue.of(Flavor.column(table, "dataset_id"));
                  case INGEST_DATE -> SqlValue.of(Flavor.column(dataset, "ingest_date"));
                  case RUN ->
                      SqlValue.of(
                          runsOnly
                              ? nameOf(collectionKey, collections)
                              : runName(type, kind, dataset, operand));
                  case TIMESPAN ->
                      kind.equals("calibs")
                          ? flavor.timespan(table)
                          : flavor.timespanLiteral(Timespan.UNBOUNDED);
                });
        case LogicalColumn.Key key -> {}
        case LogicalColumn.Field field -> {}
        case LogicalColumn.MatchCount count -> {}
        case LogicalColumn.Gathered gathered -> {}
      }
    }
    return operand;
  }

  private static LogicalColumn column(TypeRow type, DatasetColumn property) {
    return new LogicalColumn.Dataset(type.type().name(), property);
  }

  private static String alias(TypeRow type, String kind) {
    return "d" + type.id() + "_" + kind;
  }

  private static Condition equal(Field<?> a, Field<?> b) {
    return DSL.condition("{0} = {1}", a, b);
  }

  private Condition among(Field<?> key, List<CollectionRow> collections) {
    if (collections.isEmpty()) {
      return DSL.falseCondition();
    }
    if (collections.size() == 1) {
      return equal(key, DSL.val(collections.getFirst().key()));
    }
    List<Field<?>> values = new ArrayList<>();
    collections.forEach(row -> values.add(DSL.val(row.key())));
    return DSL.condition("{0} IN ({1})", key, DSL.list(values));
  }

  /// The name of a collection by its key, without a join.
  private static Field<?> nameOf(Field<?> key, List<CollectionRow> collections) {
    if (collections.isEmpty()) {
      return DSL.castNull(String.class);
    }
    if (collections.size() == 1) {
      return DSL.inline(collections.getFirst().name()).cast(String.class);
    }
    CaseConditionStep<String> names = null;
    for (CollectionRow row : collections) {
      Condition found = equal(key, DSL.inline(row.key()));
      names =
          names == null
              ? DSL.when(found, DSL.inline(row.name()))
              : names.when(found, DSL.inline(row.name()));
    }
    return Objects.requireNonNull(names);
  }

  private Field<?> runName(TypeRow type, String kind, Table<?> dataset, Operand operand) {
    Field<?> run = Flavor.column(dataset, keys.runColumn());
    if (keys == CollectionKeys.NAME) {
      return run;
    }
    Table<?> collection = Operand.table("collection", alias(type, kind + "_run"));
    operand.join(collection, equal(Flavor.column(collection, keys.primaryKey()), run));
    return Flavor.column(collection, "name");
  }

  private Select<Record> select(Operand operand) {
    JoinStage stage = new JoinStage();
    stage.join(operand);
    return flavor
        .dsl()
        .select(labelled(operand))
        .from(Objects.requireNonNull(stage.from()))
        .where(stage.condition());
  }

  /// The fields of an operand by the names they have outside of a subquery; one at least, since no
  /// fields at all would select every column.
  private static List<SelectField<?>> labelled(Operand operand) {
    List<SelectField<?>> fields = new ArrayList<>();
    each(operand, (field, name) -> fields.add(field.as(DSL.name(name))));
    return fields.isEmpty() ? List.of(DSL.inline(1).as(DSL.name("found"))) : fields;
  }

  private Operand distinct(TypeRow type, Operand inner) {
    JoinStage stage = new JoinStage();
    stage.join(inner);
    Select<Record> select =
        flavor
            .dsl()
            .selectDistinct(labelled(inner))
            .from(Objects.requireNonNull(stage.from()))
            .where(stage.condition());
    return subquery(type, inner, select);
  }

  /// What is done with each field of an operand and the name it has outside of a subquery.
  private interface Visitor {
    void visit(Field<?> field, String name);
  }

  private static void each(Operand operand, Visitor visitor) {
    operand.keys().forEach((dimension, field) -> visitor.visit(field, dimension));
    int number = 0;
    for (SqlValue value : operand.columns().values()) {
      for (Field<?> field : value.fields()) {
        visitor.visit(field, "x" + number);
        number++;
      }
    }
  }

  /// An operand with the columns of another, read from a subquery that selects them.
  private static Operand subquery(TypeRow type, Operand inner, Select<?> select) {
    String alias = alias(type, "found");
    Table<?> table = select.asTable(DSL.name(alias));
    Operand outer = new Operand(table).keyColumns(inner.keys().keySet());
    Map<LogicalColumn, SqlValue> columns = new LinkedHashMap<>();
    int[] number = {0};
    Function<Field<?>, Field<?>> rename =
        field -> DSL.field(DSL.name(alias, "x" + number[0]++), field.getDataType());
    inner
        .columns()
        .forEach(
            (column, value) -> {
              List<Field<?>> renamed = new ArrayList<>();
              value.fields().forEach(field -> renamed.add(rename.apply(field)));
              columns.put(column, new SqlValue(renamed));
            });
    columns.forEach(outer::column);
    return outer;
  }
}
