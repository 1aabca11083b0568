package equerry.registry.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import equerry.api.ColumnType;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.Topology;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.Globs;
import equerry.registry.db.Database;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.dimension.DataIdValues;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the one dataset of a type with a data ID in the first collection that has it.
///
/// One statement, once a search path is known: it looks in all collections at once and checks what
/// was assumed of them (see [SearchPath]). Where that no longer holds, the path is read again; a path
/// with globs is read for each look-up.
public final class DatasetFinder {
  private static final int REMEMBERED_PATHS = 10_000;

  /// How often a path that changes under our hands is read before we give up.
  private static final int ATTEMPTS = 5;

  /// The column of the first implied value in a statement's rows.
  private static final int FIRST_IMPLIED = 5;

  private final Database database;
  private final Catalog catalog;
  private final DataIdRewriter rewriter;
  private final Cache<PathName, SearchPath> paths =
      Caffeine.newBuilder().maximumSize(REMEMBERED_PATHS).build();

  public DatasetFinder(Database database, Catalog catalog, DataIdRewriter rewriter) {
    this.database = database;
    this.catalog = catalog;
    this.rewriter = rewriter;
  }

  private record PathName(String datasetType, List<String> collections) {}

  /// What a statement found: whether its assumptions hold, and the first dataset.
  private record Outcome(boolean valid, @Nullable DatasetRef ref) {}

  /// A data ID and the time at which a calibration must be valid.
  private record Target(DataId dataId, @Nullable Timespan timespan) {}

  /// Finds a dataset as the registry does: CALIBRATION collections only with a timespan.
  public Optional<DatasetRef> find(DatasetLookup lookup, Expansion expansion) {
    return find(lookup, expansion, type -> new Target(dataId(type, lookup), lookup.timespan()));
  }

  /// Finds a dataset for reading it; its data ID comes back full.
  ///
  /// A calibration without a timespan is looked up at the time of the data ID's temporal dimensions
  /// (which need not be the dataset type's), or, without such, at any time.
  ///
  /// @throws ButlerException.NotFound (dataset_not_found)
  public DatasetRef load(DatasetLookup lookup) {
    return find(lookup, Expansion.NONE, type -> readTarget(type, lookup))
        .orElseThrow(
            () ->
                new ButlerException.NotFound(
                    ErrorCode.DATASET_NOT_FOUND,
                    "Dataset %s with data ID %s could not be found in collections %s."
                        .formatted(lookup.datasetType(), lookup.dataId(), lookup.collections())));
  }

  private Target readTarget(DatasetType type, DatasetLookup lookup) {
    Map<String, Object> keys = keys(type, lookup);
    DataId dataId = DataIdValues.conform(type.dimensions(), keys, lookup.defaults());
    if (!type.isCalibration() || lookup.timespan() != null) {
      return new Target(dataId, lookup.timespan());
    }
    Map<String, Object> all = new HashMap<>(lookup.defaults());
    all.putAll(keys);
    DimensionGroup given = catalog.universe().group(all.keySet());
    if (given.temporal().isEmpty()) {
      return new Target(dataId, Timespan.UNBOUNDED);
    }
    DataId temporal = DataIdValues.conform(given, all, Map.of());
    return new Target(dataId, database.read(session -> timespan(session, temporal)).orElse(null));
  }

  /// The time that the finest temporal records of a data ID have in common; none if one is unknown.
  private static Optional<Timespan> timespan(Session session, DataId dataId) throws SQLException {
    Map<String, DimensionRecord> records = new HashMap<>();
    DataIdExpander.expand(session, dataId)
        .records()
        .forEach(record -> records.put(record.element().name(), record));
    Timespan common = Timespan.UNBOUNDED;
    for (Topology family : dataId.group().temporal()) {
      String finest =
          family.members().stream()
              .filter(dataId.group()::containsElement)
              .findFirst()
              .orElseThrow();
      DimensionRecord record = records.get(finest);
      if (record == null || !(record.value("timespan") instanceof Timespan timespan)) {
        return Optional.empty();
      }
      common = common.intersection(timespan);
    }
    return Optional.of(common);
  }

  /// Finds a dataset; the data ID and timespan are made when the dataset type is known.
  private Optional<DatasetRef> find(
      DatasetLookup lookup, Expansion expansion, Function<DatasetType, Target> target) {
    PathName name = new PathName(lookup.datasetType(), lookup.collections());
    SearchPath known = paths.getIfPresent(name);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SearchPath path = known == null ? readPath(name) : known;
      Outcome outcome = attempt(path, known != null, target, expansion);
      if (outcome.valid()) {
        return Optional.ofNullable(outcome.ref());
      }
      paths.invalidate(name);
      known = null;
    }
    throw SearchPath.tooFast(lookup.collections());
  }

  private DataId dataId(DatasetType type, DatasetLookup lookup) {
    return DataIdValues.conform(type.dimensions(), keys(type, lookup), lookup.defaults());
  }

  /// The data ID of a look-up with keys only.
  private Map<String, Object> keys(DatasetType type, DatasetLookup lookup) {
    return rewriter.rewrite(
        type, lookup.dataId(), DataIdValues.defaults(catalog.universe(), lookup.defaults()));
  }

  private SearchPath readPath(PathName name) {
    SearchPath path =
        database.read(
            session -> SearchPath.read(catalog, session, name.datasetType(), name.collections()));
    if (name.collections().stream().noneMatch(Globs::isGlob)) {
      paths.put(name, path);
    }
    return path;
  }

  /// Searches along a path. What a remembered path makes of a data ID may be a fault only because
  /// the dataset type has changed since.
  private Outcome attempt(
      SearchPath path,
      boolean remembered,
      Function<DatasetType, Target> target,
      Expansion expansion) {
    Target wanted;
    try {
      wanted = target.apply(path.type().type());
    } catch (ButlerException fault) {
      if (remembered) {
        return new Outcome(false, null);
      }
      throw fault;
    }
    try {
      return database.read(session -> search(session, path, wanted, expansion));
    } catch (ButlerException.Internal failure) {
      if (database.isUndefinedObject(failure)) {
        return new Outcome(false, null);
      }
      throw failure;
    }
  }

  /// A dataset that fits, and where it was found.
  ///
  /// @param implied values of the implied dimensions of its data ID
  private record Hit(
      String check,
      @Nullable Object collection,
      @Nullable UUID id,
      @Nullable String run,
      List<@Nullable Object> implied) {}

  private Outcome search(Session session, SearchPath path, Target target, Expansion expansion)
      throws SQLException {
    DatasetType type = path.type().type();
    List<Hit> hits =
        session.list(statement(session.dialect(), path, target), row -> hit(row, type));
    if (!hits.getFirst().check().equals(path.fingerprint())) {
      return new Outcome(false, null);
    }
    Hit first = first(hits, path, target);
    if (first == null || first.id() == null || first.run() == null) {
      return new Outcome(true, null);
    }
    List<@Nullable Object> values = new ArrayList<>(target.dataId().required().values());
    values.addAll(first.implied());
    DataId dataId = DataId.of(type.dimensions(), values);
    DatasetRef ref = new DatasetRef(first.id(), type, dataId, first.run(), null);
    return new Outcome(true, expansion == Expansion.RECORDS ? expanded(session, ref) : ref);
  }

  private static Hit hit(Row row, DatasetType type) throws SQLException {
    String check = row.text(1);
    Object collection = row.keyOrNull(2);
    if (collection == null) {
      return new Hit(check, null, null, null, List.of());
    }
    List<@Nullable Object> implied = new ArrayList<>();
    DimensionGroup dimensions = type.dimensions();
    for (String name : dimensions.implied()) {
      ColumnType columnType = dimensions.universe().element(name).primaryKey().type();
      implied.add(RecordColumns.read(row, FIRST_IMPLIED + implied.size(), columnType));
    }
    return new Hit(check, collection, row.uuid(3), row.text(4), implied);
  }

  /// A dataset with its full data ID and records.
  public DatasetRef expanded(DatasetRef ref) {
    return database.read(session -> expanded(session, ref));
  }

  private static DatasetRef expanded(Session session, DatasetRef ref) throws SQLException {
    var expanded = DataIdExpander.expand(session, ref.dataId());
    return new DatasetRef(ref.id(), ref.type(), expanded.dataId(), ref.run(), expanded.records());
  }

  private static @Nullable Hit first(List<Hit> hits, SearchPath path, Target target) {
    Map<Object, Integer> ranks = path.ranks();
    Hit best = null;
    int bestRank = Integer.MAX_VALUE;
    boolean ambiguous = false;
    for (Hit hit : hits) {
      Integer rank = hit.collection() == null ? null : ranks.get(hit.collection());
      if (rank != null && rank <= bestRank) {
        ambiguous = rank == bestRank;
        best = hit;
        bestRank = rank;
      }
    }
    if (ambiguous) {
      throw new ButlerException.Invalid(
          ErrorCode.CALIBRATION_LOOKUP,
          "Ambiguous calibration lookup for %s with timespan %s in collection %s: several validity ranges match."
              .formatted(
                  target.dataId(), target.timespan(), path.collections().get(bestRank).name()));
    }
    return best;
  }

  private Sql statement(Dialect dialect, SearchPath path, Target target) {
    List<@Nullable Object> parameters = new ArrayList<>(path.check().parameters());
    List<String> sides = new ArrayList<>();
    List<CollectionRow> calibrations = new ArrayList<>();
    List<CollectionRow> others = new ArrayList<>();
    path.collections()
        .forEach(
            row -> (row.type() == CollectionType.CALIBRATION ? calibrations : others).add(row));
    if (!others.isEmpty()) {
      sides.add(side(dialect, path, path.type().tagsTable(), others, target, null, parameters));
    }
    String calibs = path.type().calibsTable();
    Timespan timespan = target.timespan();
    if (!calibrations.isEmpty() && calibs != null && timespan != null) {
      sides.add(side(dialect, path, calibs, calibrations, target, timespan, parameters));
    }
    String check = "SELECT (" + path.check().text() + ") AS v";
    if (sides.isEmpty()) {
      return new Sql("SELECT v, NULL FROM (" + check + ") chk", parameters);
    }
    String text =
        "SELECT chk.v, f.* FROM ("
            + check
            + ") chk LEFT JOIN ("
            + String.join(" UNION ALL ", sides)
            + ") f ON 1 = 1";
    return new Sql(text, parameters);
  }

  private String side(
      Dialect dialect,
      SearchPath path,
      String table,
      List<CollectionRow> collections,
      Target target,
      @Nullable Timespan timespan,
      List<@Nullable Object> parameters) {
    CollectionKeys keys = catalog.keys();
    String run = keys == CollectionKeys.NAME ? "d." + keys.runColumn() : "r.name";
    StringBuilder text = new StringBuilder("SELECT t.").append(keys.collectionColumn());
    text.append(" AS ck, t.dataset_id AS id, ").append(run).append(" AS run");
    ImpliedValues implied = ImpliedValues.of(path.type().type().dimensions(), "t");
    for (int i = 0; i < implied.columns().size(); i++) {
      text.append(", ").append(implied.columns().get(i)).append(" AS i").append(i);
    }
    text.append(" FROM ").append(table).append(" t JOIN dataset d ON d.id = t.dataset_id");
    if (keys == CollectionKeys.INTEGER) {
      text.append(" JOIN collection r ON r.collection_id = d.run_id");
    }
    text.append(implied.joins()).append(" WHERE t.dataset_type_id = ? AND ");
    parameters.add(path.type().id());
    ListElement element = keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER;
    text.append(dialect.inList("t." + keys.collectionColumn(), element));
    parameters.add(collections.stream().map(CollectionRow::key).toList());
    target
        .dataId()
        .required()
        .forEach(
            (name, value) -> {
              text.append(" AND t.\"").append(name).append("\" = ?");
              parameters.add(value);
            });
    if (timespan != null) {
      Sql overlap = dialect.timespanOverlaps("t", timespan);
      text.append(" AND ").append(overlap.text());
      parameters.addAll(overlap.parameters());
    }
    return text.toString();
  }
}
