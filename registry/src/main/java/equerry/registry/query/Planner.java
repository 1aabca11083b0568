package equerry.registry.query;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.query.QueryTree;
import equerry.registry.catalog.Catalog;
import equerry.registry.query.BoundQuery.DatasetSearch;
import equerry.registry.schema.SchemaVariant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
  }

  /// The statement for a query's rows.
  ///
  /// @param orderBy sort keys, which must be among the projection's columns
  /// @param limit how many rows at most, null for all
  Plan plan(
      BoundQuery query, Projection projection, List<OrderTerm> orderBy, @Nullable Long limit) {
    Stage stage = stage(query, projection, orderBy);
    return stage.finish(
        projection.columns(),
        orderBy.stream().map(predicates(stage.columns())::order).toList(),
        limit);
  }

  /// The number of a query's rows.
  Select<?> count(BoundQuery query, Projection projection) {
    return stage(query, projection, List.of()).count(projection.columns());
  }

  private Stage stage(BoundQuery query, Projection projection, List<OrderTerm> orderBy) {
    Uniqueness uniqueness = Uniqueness.of(query, projection);
    Set<LogicalColumn> wanted = new LinkedHashSet<>(projection.columns());
    orderBy.forEach(term -> References.walk(term.expression(), leaf -> addColumn(leaf, wanted)));
    wanted.addAll(uniqueness.extraColumns());
    JoinStage joins = joins(query, wanted);
    Stage stage = new Stage(flavor, joins, List.copyOf(wanted));
    return uniqueness.apply(stage, flavor);
  }

  private PredicateSql predicates(Map<LogicalColumn, SqlValue> columns) {
    return new PredicateSql(flavor, variant.ingestDates(), columns, this::subquery);
  }

  /// One expression over the rows of another query.
  private Select<?> subquery(QueryTree tree, Expression expression) {
    Set<LogicalColumn> wanted = new LinkedHashSet<>();
    References.walk(expression, leaf -> addColumn(leaf, wanted));
    BoundQuery query = binder.apply(tree);
    JoinStage joins = joins(query, wanted);
    return flavor
        .dsl()
        .select(predicates(joins.columns()).scalar(expression))
        .from(Objects.requireNonNull(joins.from()))
        .where(joins.condition());
  }

  /// Joins everything that a query needs for its columns and its condition.
  private JoinStage joins(BoundQuery query, Set<LogicalColumn> wanted) {
    Set<LogicalColumn> needed = new LinkedHashSet<>(wanted);
    References.walk(query.predicate(), leaf -> addColumn(leaf, needed));
    JoinStage stage = new JoinStage();
    joinInputs(query, stage);
    for (String element : query.overlapTables()) {
      stage.join(elements.overlaps(catalog.universe().element(element), query.constraints()));
    }
    joinDatasets(query, needed, stage);
    for (DimensionElement element : query.dimensions().elements()) {
      List<Column> fields = fields(element, needed);
      if (!fields.isEmpty() || isRelationshipMissing(element, query)) {
        stage.join(elements.records(element, fields));
      }
    }
    joinMissingKeys(query.dimensions(), stage);
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

  private void joinInputs(BoundQuery query, JoinStage stage) {
    int number = 0;
    for (BoundQuery.Upload upload : query.uploads().values()) {
      stage.join(upload("upload" + number, upload));
      number++;
    }
    for (BoundQuery.Materialized materialized : query.materializations().values()) {
      stage.join(materialized("materialized" + number, materialized));
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

  private Operand materialized(String alias, BoundQuery.Materialized materialized) {
    List<LogicalColumn> keys = keys(materialized.dimensions());
    Projection projection = new Projection(materialized.dimensions(), keys, "");
    Plan plan = plan(materialized.query(), projection, List.of(), null);
    Operand operand = new Operand(plan.select().asTable(DSL.name(alias)));
    plan.places()
        .forEach(
            (column, place) -> {
              if (column instanceof LogicalColumn.Key key) {
                operand.key(key.dimension(), Flavor.column(operand.table(), Stage.label(place)));
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

  /// Whether an element's table must be joined because it alone ties its dimensions together.
  private boolean isRelationshipMissing(DimensionElement element, BoundQuery query) {
    if (!element.definesRelationships()) {
      return false;
    }
    Set<String> members = Set.copyOf(catalog.universe().group(element.required()).names());
    boolean given =
        query.uploads().values().stream()
                .anyMatch(upload -> upload.dimensions().required().containsAll(members))
            || query.datasets().values().stream()
                .anyMatch(d -> d.type().type().dimensions().required().containsAll(members))
            || query.materializations().values().stream()
                .anyMatch(m -> m.dimensions().contains(element.name()));
    return !given;
  }

  /// Joins tables for keys that nothing has given yet, those first that give several.
  private void joinMissingKeys(DimensionGroup dimensions, JoinStage stage) {
    List<String> missing = missing(dimensions, stage);
    while (!missing.isEmpty()) {
      DimensionElement best = catalog.universe().element(missing.getFirst());
      long most = 0;
      for (String name : missing) {
        DimensionElement candidate = catalog.universe().element(name);
        long gain = candidate.dependencies().filter(missing::contains).count();
        if (gain > most) {
          best = candidate;
          most = gain;
        }
      }
      stage.join(elements.records(best, List.of()));
      missing = missing(dimensions, stage);
    }
  }

  private static List<String> missing(DimensionGroup dimensions, JoinStage stage) {
    return dimensions.names().stream().filter(name -> !stage.hasKey(name)).toList();
  }

  /// The columns of a map in their order.
  static Map<LogicalColumn, SqlValue> ordered(
      Map<LogicalColumn, SqlValue> columns, List<LogicalColumn> order) {
    Map<LogicalColumn, SqlValue> result = new LinkedHashMap<>();
    order.forEach(column -> result.put(column, Objects.requireNonNull(columns.get(column))));
    return result;
  }
}
