package equerry.registry.query;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultStream;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/// [Queries] answered by the registry's database.
public final class QueryViews implements Queries {
  /// How many rows are read from the database at a time.
  private static final int PAGE_ROWS = 2000;

  private final Database database;
  private final Catalog catalog;
  private final SchemaVariant variant;
  private final Flavor flavor;

  public QueryViews(Database database, Catalog catalog, SchemaVariant variant) {
    this.database = database;
    this.catalog = catalog;
    this.variant = variant;
    this.flavor = Flavor.of(database.dialect());
  }

  @Override
  public ResultRows execute(Query query, ResultSpec spec) {
    return database.read(session -> start(session, query, spec)).open(database);
  }

  /// A statement that is planned and not yet run.
  ///
  /// @param layout the result's columns
  /// @param sql the statement
  /// @param decoder makes its rows, null when there cannot be any
  private record Prepared(ResultLayout layout, Sql sql, @Nullable RowDecoder decoder) {
    ResultRows open(Database database) {
      if (decoder == null) {
        return StreamedRows.none(layout.columns());
      }
      return new StreamedRows(layout.columns(), database.open(sql, PAGE_ROWS, decoder::decode));
    }
  }

  private Prepared start(Session session, Query query, ResultSpec spec) throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    return prepare(session, binder, binder.bind(query.tree()), spec);
  }

  private Prepared prepare(Session session, Binder binder, BoundQuery bound, ResultSpec spec)
      throws SQLException {
    ResultLayout layout = ResultLayout.of(spec, bound.datasets());
    Plan plan =
        planner(binder)
            .plan(bound, layout.projection(), spec.options().orderBy(), spec.options().limit());
    if (bound.isDoomed()) {
      return new Prepared(layout, Sql.of(""), null);
    }
    return new Prepared(
        layout, plan.sql(), new RowDecoder(session, layout, plan, variant.ingestDates()));
  }

  private Planner planner(Binder binder) {
    return new Planner(catalog, variant, flavor, binder::bind);
  }

  @Override
  public long count(Query query, ResultSpec spec, Counting counting) {
    return database.read(session -> count(session, query, spec));
  }

  private long count(Session session, Query query, ResultSpec spec) throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    BoundQuery bound = binder.bind(query.tree());
    ResultLayout layout = ResultLayout.of(spec, bound.datasets());
    Select<?> select = planner(binder).count(bound, layout.projection());
    if (bound.isDoomed()) {
      return 0;
    }
    long count = session.first(Plan.sql(flavor, select), row -> row.integer(1)).orElse(0L);
    return Math.min(count, spec.options().limitIfAny().orElse(Long.MAX_VALUE));
  }

  @Override
  public boolean any(Query query, Checking checking) {
    return database.read(session -> any(session, query, checking));
  }

  private boolean any(Session session, Query query, Checking checking) throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    BoundQuery bound = binder.bind(query.tree());
    if (bound.isDoomed()) {
      return false;
    }
    if (checking.exact() && !checking.execute()) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY, "Cannot obtain exact result for 'any' without executing.");
    }
    Projection projection =
        new Projection(bound.dimensions(), Planner.keys(query.tree().dimensions()), "");
    Plan plan = planner(binder).plan(bound, projection, List.of(), 1L);
    return !checking.execute() || session.first(plan.sql(), row -> true).orElse(false);
  }

  @Override
  public List<String> explain(Query query) {
    return database.read(
        session -> Binder.read(catalog, session, query).bind(query.tree()).messages());
  }

  @Override
  public ResultStream<ResultRows> allDatasets(AllDatasets search) {
    List<SearchOfType> searches =
        database.read(session -> SearchOfType.list(catalog, session, search));
    return new TypedRows(
        searches,
        search.limit(),
        (ofType, limit) ->
            Objects.requireNonNull(
                    database.read(
                        session ->
                            prepare(session, ofType.binder(), ofType.bound(), ofType.spec(limit))))
                .open(database));
  }
}
