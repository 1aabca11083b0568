package equerry.registry.query;

import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultStream;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Cursor;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.query.BoundQuery.DatasetSearch;
import equerry.registry.query.ElementOperands.Duplicates;
import equerry.registry.schema.SchemaVariant;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/// [Queries] answered by the registry's database.
public final class QueryViews implements Queries {
  /// How many rows are read from the database at a time, while as many before them are used.
  private static final int PAGE_ROWS = 1000;

  /// How many rows the stock server makes a set of records of.
  private static final int STOCK_PAGE_ROWS = 2000;

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
  /// @param limit how many of its rows at most
  /// @param decoder makes its rows, null when there cannot be any
  /// @param repetition whether rows may repeat records
  private record Prepared(
      ResultLayout layout,
      Sql sql,
      long limit,
      @Nullable RowDecoder decoder,
      Repetition repetition) {
    StreamedRows open(Database database) {
      if (decoder == null) {
        return StreamedRows.none(layout.columns());
      }
      Cursor<Object[]> cursor =
          switch (repetition) {
            case NONE -> database.open(sql, PAGE_ROWS, decoder::decode);
            case OF_RECORDS -> new OnceAPage(database.open(sql, STOCK_PAGE_ROWS, decoder::decode));
          };
      return new StreamedRows(layout.columns(), cursor, limit);
    }
  }

  private enum Repetition {
    NONE,
    OF_RECORDS;

    static Repetition of(ResultSpec spec, BoundQuery query) {
      boolean repeats =
          spec.options().allowDuplicateOverlaps()
              || query.datasets().values().stream().anyMatch(DatasetSearch::isCalibration);
      return spec instanceof ResultSpec.Records && repeats ? OF_RECORDS : NONE;
    }
  }

  private Prepared start(Session session, Query query, ResultSpec spec) throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    return prepare(session, binder, binder.bind(query.tree()), spec);
  }

  private Prepared prepare(Session session, Binder binder, BoundQuery asked, ResultSpec spec)
      throws SQLException {
    ResultLayout layout = ResultLayout.of(spec, asked.datasets());
    ResultSpec.Options options = spec.options();
    Duplicates duplicates = options.allowDuplicateOverlaps() ? Duplicates.KEPT : Duplicates.REMOVED;
    Planner planner = planner(binder);
    BoundQuery bound =
        duplicates == Duplicates.KEPT ? asked : new Narrowing(planner, session).apply(asked);
    Plan plan =
        planner.plan(
            bound,
            layout.projection(),
            new Planner.Ending(options.orderBy(), options.limit(), duplicates));
    long limit = options.limitIfAny().orElse(Long.MAX_VALUE);
    if (bound.isDoomed() || bound.hasEmptyUpload()) {
      return new Prepared(layout, Sql.of(""), limit, null, Repetition.NONE);
    }
    RowDecoder decoder = new RowDecoder(session, layout, plan, variant.ingestDates());
    return new Prepared(layout, plan.sql(), limit, decoder, Repetition.of(spec, bound));
  }

  private Planner planner(Binder binder) {
    return new Planner(catalog, variant, flavor, binder::bind);
  }

  @Override
  public long count(Query query, ResultSpec spec, Counting counting) {
    OptionalLong simple = database.read(session -> count(session, query, spec, counting));
    if (simple.isPresent()) {
      return simple.getAsLong();
    }
    long count = 0;
    try (ResultRows rows = execute(query, spec)) {
      for (Object[] row : rows) {
        count++;
      }
    }
    return count;
  }

  /// The count that one statement gives; none where rows must be read and checked.
  private OptionalLong count(Session session, Query query, ResultSpec spec, Counting counting)
      throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    BoundQuery bound = binder.bind(query.tree());
    ResultLayout layout = ResultLayout.of(spec, bound.datasets());
    // Before anything is answered, so that what cannot be planned is refused.
    Select<?> select = planner(binder).count(bound, layout.projection());
    if (bound.isDoomed()) {
      return OptionalLong.of(0);
    }
    if (counting.exact() && !bound.checks().isEmpty()) {
      if (!counting.discard()) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY, "Cannot count query rows exactly without discarding them.");
      }
      return OptionalLong.empty();
    }
    long count = session.first(Plan.sql(flavor, select), row -> row.integer(1)).orElse(0L);
    return OptionalLong.of(Math.min(count, spec.options().limitIfAny().orElse(Long.MAX_VALUE)));
  }

  @Override
  public boolean any(Query query, Checking checking) {
    Optional<Boolean> simple = database.read(session -> any(session, query, checking));
    if (simple.isPresent()) {
      return simple.get();
    }
    ResultSpec.Options options = new ResultSpec.Options(List.of(), null, true);
    DimensionGroup dimensions = query.tree().dimensions();
    try (ResultRows rows = execute(query, new ResultSpec.DataIds(dimensions, false, options))) {
      return rows.iterator().hasNext();
    }
  }

  /// What one statement, or none, tells; nothing where rows must be read and checked.
  private Optional<Boolean> any(Session session, Query query, Checking checking)
      throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    BoundQuery bound = binder.bind(query.tree());
    Select<?> select = planFirst(binder, bound);
    if (bound.isDoomed()) {
      return Optional.of(false);
    }
    if (!checking.execute()) {
      if (checking.exact()) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY, "Cannot obtain exact result for 'any' without executing.");
      }
      return Optional.of(true);
    }
    if (checking.exact() && !bound.checks().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(session.first(Plan.sql(flavor, select), row -> true).orElse(false));
  }

  @Override
  public List<String> explain(Query query) {
    return database.read(session -> explain(session, query));
  }

  private List<String> explain(Session session, Query query) throws SQLException {
    Binder binder = Binder.read(catalog, session, query);
    BoundQuery bound = binder.bind(query.tree());
    // What has been materialized must be a query that can be run.
    bound.materializations().values().forEach(m -> planFirst(binder, m.query()));
    return bound.messages();
  }

  private Select<?> planFirst(Binder binder, BoundQuery query) {
    return planner(binder)
        .first(query, new Projection(query.dimensions(), Planner.keys(query.dimensions()), ""));
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
