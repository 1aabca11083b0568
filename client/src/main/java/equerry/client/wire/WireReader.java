package equerry.client.wire;

import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.query.AllDatasets;
import equerry.api.query.Expression;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultSpec;
import equerry.api.time.Timespan;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests to one repository.
///
/// All methods throw [ButlerException.Invalid]: `MALFORMED` for broken JSON and values of the wrong
/// type, with the path of the value; other codes (invalid_query, dimension_name, …) for names that
/// the universe does not have. Unknown fields are passed over and optional ones have defaults, since
/// clients of other releases are in use. Safe for many threads.
public final class WireReader {
  private final WireLimits limits;
  private final WireJson json;
  private final ExpressionReader expressions;
  private final QueryReader queries;
  private final ResultSpecReader specs;

  public WireReader(DimensionUniverse universe, WireLimits limits) {
    this.limits = limits;
    this.json = new WireJson(limits);
    this.expressions = new ExpressionReader(universe);
    this.queries = new QueryReader(universe, limits, expressions);
    this.specs = new ResultSpecReader(universe, expressions);
  }

  /// The body of `find_dataset`.
  public record FindDataset(DatasetLookup lookup, Datasets.Expansion expansion) {}

  /// The body of `query/execute`.
  public record Execute(Query query, ResultSpec spec) {}

  /// The body of `query/count`.
  public record Count(Query query, ResultSpec spec, Queries.Counting counting) {}

  /// The body of `query/any`.
  public record Any(Query query, Queries.Checking checking) {}

  public FindDataset findDataset(byte[] body) {
    WireValue request = json.parse(body);
    return new FindDataset(
        lookup(request),
        request.flag("dimension_records") ? Datasets.Expansion.RECORDS : Datasets.Expansion.NONE);
  }

  /// The body of `get_file_by_data_id`.
  public DatasetLookup fileByDataId(byte[] body) {
    return lookup(json.parse(body));
  }

  private static DatasetLookup lookup(WireValue request) {
    return new DatasetLookup(
        request.field("dataset_type").text(),
        dataId(request.field("data_id")),
        request.find("default_data_id").map(WireReader::dataId).orElse(Map.of()),
        request.field("collections").texts(),
        request.find("timespan").map(WireReader::timespan).orElse(null));
  }

  /// Values that are null count as not given.
  private static Map<String, Object> dataId(WireValue values) {
    Map<String, Object> dataId = new LinkedHashMap<>();
    values
        .entries()
        .forEach(
            (name, value) -> {
              if (!value.isNull()) {
                dataId.put(name, value.scalar());
              }
            });
    return dataId;
  }

  private static Timespan timespan(WireValue pair) {
    List<WireValue> ends = pair.items();
    if (ends.size() != 2) {
      throw pair.unexpected("a pair of begin and end");
    }
    return ExpressionReader.timespan(ends.getFirst().integer(), ends.getLast().integer());
  }

  /// The body of `expand_data_id`.
  public Map<String, Object> expandDataId(byte[] body) {
    return dataId(json.parse(body).field("data_id"));
  }

  /// The body of `datasets` and of `file_transfer`.
  ///
  /// @throws ButlerException.LimitExceeded when there are more than a request may name
  public List<UUID> datasetIds(byte[] body) {
    WireValue ids = json.parse(body).field("dataset_ids");
    if (ids.size() > limits.idsPerRequest()) {
      throw new ButlerException.LimitExceeded(
          "dataset_ids: a request may name at most %d datasets, not %d"
              .formatted(limits.idsPerRequest(), ids.size()));
    }
    return ids.list(WireValue::uuid);
  }

  /// The body of `query_dataset_types`.
  public List<String> datasetTypes(byte[] body) {
    return json.parse(body).field("search").texts();
  }

  /// The body of `query_collection_info`.
  public CollectionSearch collectionInfo(byte[] body) {
    WireValue request = json.parse(body);
    Set<CollectionSearch.Detail> details = EnumSet.noneOf(CollectionSearch.Detail.class);
    addIf(details, request.flag("include_doc"), CollectionSearch.Detail.DOC);
    addIf(details, request.flag("include_parents"), CollectionSearch.Detail.PARENTS);
    addIf(details, request.flag("include_summary"), CollectionSearch.Detail.SUMMARY);
    Optional<Set<String>> summary =
        request.find("summary_datasets").map(names -> Set.copyOf(names.texts()));
    return collections(request, "expression", details, summary.orElse(null));
  }

  /// The body of `query_collections`, which only old clients send.
  public CollectionSearch collectionNames(byte[] body) {
    return collections(json.parse(body), "search", Set.of(), null);
  }

  private static CollectionSearch collections(
      WireValue request,
      String expression,
      Set<CollectionSearch.Detail> details,
      @Nullable Set<String> summaryDatasets) {
    return new CollectionSearch(
        request.field(expression).texts(),
        Set.copyOf(request.field("collection_types").list(WireReader::collectionType)),
        new CollectionSearch.Chains(
            request.field("flatten_chains").bool(), request.field("include_chains").bool()),
        details,
        summaryDatasets);
  }

  private static CollectionType collectionType(WireValue number) {
    return CollectionType.find(number.integer())
        .orElseThrow(() -> number.unexpected("a collection type (1 to 4)"));
  }

  private static <T> void addIf(Set<T> set, boolean condition, T item) {
    if (condition) {
      set.add(item);
    }
  }

  public Execute execute(byte[] body) {
    WireValue request = json.parse(body);
    WireValue query = request.field("query");
    WireValue spec = request.field("result_spec");
    return new Execute(queries.query(query), specs.read(spec));
  }

  public Count count(byte[] body) {
    WireValue request = json.parse(body);
    return new Count(
        queries.query(request.field("query")),
        specs.read(request.field("result_spec")),
        new Queries.Counting(request.field("exact").bool(), request.field("discard").bool()));
  }

  public Any any(byte[] body) {
    WireValue request = json.parse(body);
    return new Any(
        queries.query(request.field("query")),
        new Queries.Checking(request.field("execute").bool(), request.field("exact").bool()));
  }

  /// The body of `query/explain`.
  public Query explain(byte[] body) {
    return queries.query(json.parse(body).field("query"));
  }

  public AllDatasets allDatasets(byte[] body) {
    WireValue request = json.parse(body);
    Map<String, Expression.Literal> bind =
        request.find("bind").map(names -> names.map(expressions::literal)).orElse(Map.of());
    return new AllDatasets(
        request.field("collections").texts(),
        request.field("name").texts(),
        request.field("find_first").bool(),
        request.find("data_id").map(WireReader::dataId).orElse(Map.of()),
        request.find("default_data_id").map(WireReader::dataId).orElse(Map.of()),
        request.find("where").map(WireValue::text).orElse(""),
        bind,
        ResultSpecReader.limit(request),
        request.flag("with_dimension_records"));
  }
}
