package equerry.testkit;

import equerry.api.Butler;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.Conditions;
import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.Literals;
import equerry.api.query.OrderTerm;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryInput;
import equerry.api.query.QueryTree;
import equerry.api.query.QueryTree.DatasetSearch;
import equerry.api.query.References;
import equerry.api.query.ResultSpec;
import equerry.api.where.OrderBy;
import equerry.api.where.Where;
import equerry.api.where.WhereContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes queries of questions, as a client of the stock package would.
final class QueryQuestions {
  private final Butler butler;
  private final DimensionUniverse universe;

  QueryQuestions(Butler butler) {
    this.butler = butler;
    this.universe = butler.universe();
  }

  Query query(Question question) {
    List<QueryInput> inputs = new ArrayList<>();
    QueryTree tree = tree(question, inputs);
    DimensionGroup governors = universe.group(question.object("defaults").keySet());
    DataId defaults =
        DataId.of(
            governors,
            governors.required().stream().map(question.object("defaults")::get).toList());
    return new Query(tree, defaults, inputs);
  }

  private QueryTree tree(Question question, List<QueryInput> inputs) {
    Map<UUID, DimensionGroup> uploads = new LinkedHashMap<>();
    Map<UUID, DimensionGroup> materializations = new LinkedHashMap<>();
    if (question.has("upload")) {
      QueryInput.Upload upload = upload(question.part("upload"));
      inputs.add(upload);
      uploads.put(upload.key(), upload.dimensions());
    }
    if (question.has("materialized")) {
      QueryInput.Materialized input = materialized(question.part("materialized"), inputs);
      inputs.add(input);
      materializations.put(input.key(), input.dimensions());
    }
    Map<String, DatasetSearch> datasets = datasets(question);
    DimensionGroup dimensions = resultDimensions(question);
    for (DatasetSearch search : datasets.values()) {
      dimensions = dimensions.union(search.dimensions());
    }
    for (DimensionGroup joined : uploads.values()) {
      dimensions = dimensions.union(joined);
    }
    for (DimensionGroup joined : materializations.values()) {
      dimensions = dimensions.union(joined);
    }
    Predicate predicate = predicate(question, dimensions, datasets.keySet(), inputs);
    Set<String> all = new LinkedHashSet<>(dimensions.names());
    all.addAll(References.dimensions(predicate));
    return new QueryTree(universe.group(all), datasets, uploads, materializations, predicate, true);
  }

  private QueryInput.Upload upload(Question question) {
    List<List<Object>> rows = new ArrayList<>();
    for (Object row : (List<?>) question.fields().getOrDefault("rows", List.of())) {
      rows.add(List.copyOf((List<?>) row));
    }
    return new QueryInput.Upload(
        UUID.randomUUID(), universe.group(question.texts("dimensions")), rows);
  }

  private QueryInput.Materialized materialized(Question question, List<QueryInput> inputs) {
    QueryTree tree = tree(question, inputs);
    return new QueryInput.Materialized(
        UUID.randomUUID(),
        tree,
        universe.group(question.texts("dimensions")),
        tree.datasets().keySet(),
        false);
  }

  private Map<String, DatasetSearch> datasets(Question question) {
    Map<String, DatasetSearch> datasets = new LinkedHashMap<>();
    question
        .object("datasets")
        .forEach((type, names) -> datasets.put(type, search(type, Question.texts(names))));
    if (question.has("collections")) {
      String type = question.text("type");
      datasets.put(type, search(type, question.texts("collections")));
    }
    return datasets;
  }

  private DatasetSearch search(String type, List<String> collections) {
    return new DatasetSearch(collections, butler.datasetTypes().load(type).dimensions());
  }

  private Predicate predicate(
      Question question, DimensionGroup dimensions, Set<String> datasets, List<QueryInput> inputs) {
    Map<String, Object> binds = new HashMap<>();
    question.object("bind").forEach((name, value) -> binds.put(name, bound(value)));
    WhereContext context = new WhereContext(dimensions, datasets, binds);
    Predicate predicate =
        Where.parse(question.textOrEmpty("where"))
            .bind(context)
            .and(Conditions.ofDataId(universe, question.object("dataId")));
    if (question.has("inQuery")) {
      Question inner = question.part("inQuery");
      predicate =
          predicate.and(
              new Predicate.InQuery(
                  key(inner.text("member")), key(inner.text("column")), tree(inner, inputs)));
    }
    return predicate;
  }

  private Expression key(String dimension) {
    return new Expression.DimensionKey(universe.dimension(dimension));
  }

  static Object bound(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(QueryQuestions::bound).toList();
    }
    if (value instanceof Map<?, ?> map) {
      return map.get("tai") instanceof Long nanos
          ? new Expression.DateTimeLiteral(nanos)
          : Literals.of(Question.timespan(map.get("timespan")));
    }
    return value;
  }

  static Map<String, Expression.Literal> literals(Question question) {
    Map<String, Expression.Literal> literals = new HashMap<>();
    question.object("bind").forEach((name, value) -> literals.put(name, Literals.of(bound(value))));
    return literals;
  }

  private DimensionGroup resultDimensions(Question question) {
    if (question.has("element")) {
      return universe.group(universe.element(question.text("element")).dependencies().toList());
    }
    return question.has("type") && !question.kind().equals("general")
        ? butler.datasetTypes().load(question.text("type")).dimensions()
        : universe.group(question.texts("dimensions"));
  }

  /// What a question wants of its query.
  ///
  /// @param kind the kind of result: `data_ids`, `records`, `refs`, `general`
  ResultSpec spec(Question question, String kind) {
    DimensionGroup dimensions = resultDimensions(question);
    ResultSpec.Options options =
        new ResultSpec.Options(orderBy(question, dimensions, kind), question.limit(), false);
    return switch (kind) {
      case "data_ids" ->
          new ResultSpec.DataIds(dimensions, question.isTrue("withRecords"), options);
      case "records" ->
          new ResultSpec.Records(universe.element(question.text("element")), dimensions, options);
      case "refs" -> refs(question, dimensions, options);
      case "general" -> general(question, dimensions, options);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private ResultSpec refs(
      Question question, DimensionGroup dimensions, ResultSpec.Options options) {
    String type = question.text("type");
    return new ResultSpec.Refs(
        type,
        dimensions,
        butler.datasetTypes().load(type).storageClass(),
        question.isTrue("withRecords"),
        question.truth("findFirst", Question.Truth.YES).isYes(),
        options);
  }

  private static ResultSpec general(
      Question question, DimensionGroup dimensions, ResultSpec.Options options) {
    Map<String, Set<String>> fields = new HashMap<>();
    question
        .object("fields")
        .forEach((element, names) -> fields.put(element, Set.copyOf(Question.texts(names))));
    Map<String, Set<DatasetColumn>> datasetFields = new HashMap<>();
    question
        .object("datasetFields")
        .forEach(
            (type, names) ->
                datasetFields.put(
                    type,
                    Question.texts(names).stream()
                        .map(name -> DatasetColumn.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet())));
    return new ResultSpec.General(
        dimensions, fields, datasetFields, false, question.isTrue("findFirst"), options);
  }

  private static List<OrderTerm> orderBy(
      Question question, DimensionGroup dimensions, String kind) {
    Set<String> datasets =
        switch (kind) {
          case "refs" -> Set.of(question.text("type"));
          case "general" -> question.object("datasetFields").keySet();
          default -> Set.of();
        };
    return OrderBy.parse(
        question.texts("orderBy"), new WhereContext(dimensions, datasets, Map.of()));
  }
}
