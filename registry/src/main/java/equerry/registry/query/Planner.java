package equerry.registry.query;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.query.QueryTree;
import equerry.api.query.References;
import equerry.registry.catalog.Catalog;
import equerry.registry.dimension.SkyPixels;
import equerry.registry.query.BoundQuery.DatasetSearch;
import equerry.registry.query.ElementOperands.Duplicates;
import equerry.registry.schema.SchemaVariant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Turns a bound query into a statement.
///
/// Three stages, each inside the next: *joins* brings in every table that columns or relationships
/// need and keeps the rows of the predicate; *projection* folds rows that differ only in what is
/// not asked for; *find-first* keeps, of the datasets with one data ID, that of the first collection.
final class Planner {
  private final Catalog catalog;
  private final SchemaVariant variant;
  private final Flavor flavor;
  private final Function<QueryTree, BoundQuery> binder;
  private final ElementOperands elements;
  private final DatasetOperands datasets;
  private final Relationships relationships;

  /// @param binder resolves the trees of subqueries
  Planner(
      Catalog catalog,
      SchemaVariant variant,
      Flavor flavor,
      Function<QueryTree, BoundQuery> binder) {
    this.catalog = catalog;
    this.variant = variant;
    this.flavor = flavor;
    this.binder = binder;
    this.elements = new ElementOperands(catalog.universe(), flavor);
    this.datasets = new DatasetOperands(variant.collectionKeys(), flavor);
    this.relationships = new Relationships(catalog.universe(), elements);
  }

  /// How a statement is to end.
  ///
  /// @param orderBy sort keys, which must be among the projection's columns
  /// @param limit how many rows at most, null for all; left to the reader where rows are checked
  /// @param duplicates whether spatial joins may repeat rows
  record Ending(List<OrderTerm> orderBy, @Nullable Long limit, Duplicates duplicates) {
    static final Ending PLAIN = new Ending(List.of(), null, Duplicates.REMOVED);
  }

  /// The statement for a query's rows.
  Plan plan(BoundQuery query, Projection projection, Ending ending) {
    return plan(query, projection, ending, "");
  }

  /// @param scope makes the names of gathered columns of different queries differ
  private Plan plan(BoundQuery query, Projection projection, Ending ending, String scope) {
    List<Check> checks =
        query.checks().stream()
            .map(check -> check.projected(projection.dimensions(), scope))
            .toList();
    Stage stage = stage(query, projection, checks, ending);
    return stage.finish(
        projection.columns(),
        checks,
        ending.orderBy().stream().map(predicates(stage.columns())::order).toList(),
        checks.isEmpty() ? ending.limit() : null);
  }

  /// The number of a query's rows before any are checked.
  Select<?> count(BoundQuery query, Projection projection) {
    return stage(query, projection, List.of(), Ending.PLAIN).count(projection.columns());
  }

  /// Any one of a query's rows before any are checked.
  Select<?> first(BoundQuery query, Projection projection) {
    Ending ending = new Ending(List.of(), 1L, Duplicates.KEPT);
    return stage(query, projection, List.of(), ending)
        .finish(projection.columns(), List.of(), List.of(), 1L)
        .select();
  }

  private Stage stage(BoundQuery query, Projection projection, List<Check> checks, Ending ending) {
    Set<LogicalColumn> wanted = new LinkedHashSet<>(projection.columns());
    ending
        .orderBy()
        .forEach(term -> References.walk(term.expression(), leaf -> addColumn(leaf, wanted)));
    Uniqueness uniqueness = Uniqueness.of(query, projection.with(wanted));
    wanted.addAll(uniqueness.extraColumns());
    checks.forEach(check -> wanted.addAll(check.columns()));
    JoinStage joins = joins(query, wanted, ending.duplicates());
    Stage stage = new Stage(flavor, joins, List.copyOf(wanted));
    return uniqueness.apply(stage, flavor);
  }

  /// The data IDs that may pass the spatial checks of a query, with what the checks need.
  ///
  /// @param query one whose predicate is about the given dimensions only
  /// @param dimensions those that identify the elements that are checked
  /// @param limit how many data IDs at most
  Plan candidates(BoundQuery query, List<String> dimensions, long limit) {
    JoinStage stage = new JoinStage();
    joinSpatially(query, Duplicates.REMOVED, stage);
    List<LogicalColumn> columns = new ArrayList<>();
    dimensions.forEach(name -> columns.add(new LogicalColumn.Key(name)));
    for (Check check : query.checks()) {
      for (LogicalColumn column : check.columns()) {
        columns.add(column);
        if (column instanceof LogicalColumn.Field(DimensionElement element, Column region)) {
          stage.join(elements.records(element, List.of(region)));
        }
      }
    }
    stage.where(predicates(stage.columns()).condition(query.predicate()));
    return new Stage(flavor, stage, columns).finish(columns, query.checks(), List.of(), limit);
  }

  private PredicateSql predicates(Map<LogicalColumn, SqlValue> columns) {
    return new PredicateSql(flavor, variant.ingestDates(), columns, this::subquery);
  }

  /// One expression over the rows of another query.
  private Select<?> subquery(QueryTree tree, Expression expression) {
    Set<LogicalColumn> wanted = new LinkedHashSet<>();
    References.walk(expression, leaf -> addColumn(leaf, wanted));
    BoundQuery query = binder.apply(tree);
    if (!query.checks().isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.UNIMPLEMENTED_QUERY,
          "The query on the right of IN has a spatial join or constraint, whose rows can only be"
              + " checked after the database has answered; materialize it first.");
    }
    JoinStage joins = joins(query, wanted, Duplicates.REMOVED);
    return flavor
        .dsl()
        .select(predicates(joins.columns()).scalar(expression))
        .from(Objects.requireNonNull(joins.from()))
        .where(joins.condition());
  }

  /// Joins everything that a query needs for its columns and its condition.
  private JoinStage joins(BoundQuery query, Set<LogicalColumn> wanted, Duplicates duplicates) {
    Set<LogicalColumn> needed = new LinkedHashSet<>(wanted);
    List<LogicalColumn.Gathered> gathered = gathered(query, wanted);
    gathered.forEach(column -> needed.addAll(column.parts()));
    References.walk(query.predicate(), leaf -> addColumn(leaf, needed));
    JoinStage stage = new JoinStage();
    joinInputs(query, stage);
    joinSpatially(query, duplicates, stage);
    joinDatasets(query, needed, stage);
    for (DimensionElement element : query.dimensions().elements()) {
      List<Column> fields = fields(element, needed);
      if (!fields.isEmpty() || relationships.isMissing(element, query)) {
        stage.join(elements.records(element, fields));
      }
    }
    relationships.joinMissingKeys(query.dimensions(), stage);
    gathered.forEach(column -> stage.columns().put(column, gather(column, stage)));
    stage.where(predicates(stage.columns()).condition(query.predicate()));
    return stage;
  }

  private static void addColumn(Expression leaf, Set<LogicalColumn> columns) {
    switch (leaf) {
      case Expression.DimensionKey key ->
          columns.add(new LogicalColumn.Key(key.dimension().name()));
      case Expression.DimensionField field ->
          columns.add(new LogicalColumn.Field(field.element(), field.field()));
      case Expression.DatasetField field ->
          columns.add(new LogicalColumn.Dataset(field.datasetType(), field.field()));
      case Expression other -> {}
    }
  }

  /// The gathered columns that are made here; others come from materializations.
  private static List<LogicalColumn.Gathered> gathered(
      BoundQuery query, Set<LogicalColumn> wanted) {
    Set<LogicalColumn> given = new LinkedHashSet<>();
    query
        .materializations()
        .forEach(
            (key, materialized) ->
                materialized
                    .checks(key.toString())
                    .forEach(check -> given.addAll(check.columns())));
    return wanted.stream()
        .filter(column -> !given.contains(column))
        .filter(LogicalColumn.Gathered.class::isInstance)
        .map(LogicalColumn.Gathered.class::cast)
        .toList();
  }

  private static SqlValue gather(LogicalColumn.Gathered column, JoinStage stage) {
    List<Field<?>> parts = new ArrayList<>();
    column
        .parts()
        .forEach(part -> parts.add(Objects.requireNonNull(stage.columns().get(part)).scalar()));
    return SqlValue.of(
        parts.size() == 1
            ? parts.getFirst()
            : Flavor.field("({0} || '&' || {1})", parts.get(0), parts.get(1)));
  }

  /// Joins pixels where the query has their dimension, and elsewhere the data IDs that share any.
  private void joinSpatially(BoundQuery query, Duplicates duplicates, JoinStage stage) {
    Spatial spatial = query.spatial();
    spatial
        .pixelTables()
        .forEach(element -> stage.join(elements.overlaps(element, query.constraints())));
    if (query.dimensions().contains(SkyPixels.common(catalog.universe()).name())) {
      return;
    }
    int number = 0;
    for (Spatial.Join join : spatial.joins()) {
      stage.join(elements.sharingPixels(join, query.constraints(), duplicates, "spatial" + number));
      number++;
    }
    for (Spatial.Limit limit : spatial.limits()) {
      stage.join(elements.nearRegion(limit, query.constraints(), duplicates, "spatial" + number));
      number++;
    }
  }

  private void joinInputs(BoundQuery query, JoinStage stage) {
    int number = 0;
    for (BoundQuery.Upload upload : query.uploads().values()) {
      stage.join(upload("upload" + number, upload));
      number++;
    }
    for (var entry : query.materializations().entrySet()) {
      stage.join(
          materialized("materialized" + number, entry.getKey().toString(), entry.getValue()));
      number++;
    }
  }

  private Operand upload(String alias, BoundQuery.Upload upload) {
    List<String> dimensions = upload.dimensions().required();
    Operand operand =
        new Operand(flavor.upload(alias, Math.max(dimensions.size(), 1), padded(upload)));
    for (int i = 0; i < dimensions.size(); i++) {
      operand.key(dimensions.get(i), Flavor.column(operand.table(), "c" + i));
    }
    return operand;
  }

  /// Rows without dimensions get a column, since a table must have one.
  private static List<List<Object>> padded(BoundQuery.Upload upload) {
    return upload.dimensions().required().isEmpty()
        ? upload.rows().stream().limit(1).map(row -> List.<Object>of(0L)).toList()
        : upload.rows();
  }

  private Operand materialized(String alias, String key, BoundQuery.Materialized materialized) {
    List<LogicalColumn> keys = keys(materialized.dimensions());
    Projection projection = new Projection(materialized.dimensions(), keys, "");
    Plan plan = plan(materialized.query(), projection, Ending.PLAIN, key + ":");
    Operand operand = new Operand(plan.select().asTable(DSL.name(alias)));
    plan.places()
        .forEach(
            (column, place) -> {
              Field<?> field = Flavor.column(operand.table(), Stage.label(place));
              switch (column) {
                case LogicalColumn.Key dimension -> operand.key(dimension.dimension(), field);
                case LogicalColumn.Gathered gathered ->
                    operand.column(gathered, SqlValue.of(field));
                case LogicalColumn other -> {}
              }
            });
    return operand;
  }

  static List<LogicalColumn> keys(DimensionGroup dimensions) {
    return dimensions.keys().stream().<LogicalColumn>map(LogicalColumn.Key::new).toList();
  }

  /// A search that a materialization has applied is joined again only for its columns.
  private void joinDatasets(BoundQuery query, Set<LogicalColumn> needed, JoinStage stage) {
    for (DatasetSearch search : query.datasets().values()) {
      String name = search.type().type().name();
      Set<LogicalColumn> columns = new LinkedHashSet<>();
      needed.stream().filter(column -> belongsTo(column, name)).forEach(columns::add);
      boolean applied =
          query.materializations().values().stream().anyMatch(m -> m.datasets().contains(name));
      if (!applied || !columns.isEmpty()) {
        stage.join(datasets.of(search, columns));
      }
    }
  }

  private static boolean belongsTo(LogicalColumn column, String datasetType) {
    return switch (column) {
      case LogicalColumn.Dataset dataset -> dataset.datasetType().equals(datasetType);
      case LogicalColumn.CollectionKey key -> key.datasetType().equals(datasetType);
      case LogicalColumn.Key key -> false;
      case LogicalColumn.Field field -> false;
      case LogicalColumn.MatchCount count -> false;
      case LogicalColumn.Gathered gathered -> false;
    };
  }

  private static List<Column> fields(DimensionElement element, Set<LogicalColumn> needed) {
    List<Column> fields = new ArrayList<>();
    for (LogicalColumn column : needed) {
      if (column instanceof LogicalColumn.Field field && field.element() == element) {
        fields.add(field.column());
      }
    }
    return fields;
  }

  /// The columns of a map in their order.
  static Map<LogicalColumn, SqlValue> ordered(
      Map<LogicalColumn, SqlValue> columns, List<LogicalColumn> order) {
    Map<LogicalColumn, SqlValue> result = new LinkedHashMap<>();
    order.forEach(column -> result.put(column, Objects.requireNonNull(columns.get(column))));
    return result;
  }
}
