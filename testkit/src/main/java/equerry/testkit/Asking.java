package equerry.testkit;

import equerry.api.Butler;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries.Checking;
import equerry.api.query.Queries.Counting;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultStream;
import equerry.testkit.Question.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks a butler questions; answers are in the neutral form of [Answers].
final class Asking {
  private final Butler butler;
  private final QueryQuestions queries;

  Asking(Butler butler) {
    this.butler = butler;
    this.queries = new QueryQuestions(butler);
  }

  @Nullable Object ask(Question question) {
    return switch (question.kind()) {
      case "collection_search" ->
          butler.collections().search(search(question)).stream().map(Answers::collection).toList();
      case "collection_load" ->
          Answers.collection(butler.collections().load(question.text("collection")));
      case "collection_summary" ->
          Answers.summary(butler.collections().loadSummary(question.text("collection")));
      case "dataset_type_load" -> Answers.type(butler.datasetTypes().load(question.text("type")));
      case "dataset_type_search" -> datasetTypes(question);
      case "find" ->
          butler
              .datasets()
              .find(lookup(question), expansion(question))
              .map(Answers::ref)
              .orElse(null);
      case "find_id" ->
          butler.datasets().find(id(question), expansion(question)).map(Answers::ref).orElse(null);
      case "find_all" -> Answers.refs(butler.datasets().findAll(ids(question)));
      case "expand" -> expand(question);
      case "file_id" -> butler.files().find(id(question)).map(Answers::files).orElse(null);
      case "file_load" -> Answers.files(butler.files().load(lookup(question)));
      case "file_all" -> Answers.filesById(butler.files().findAll(ids(question)));
      case "all_datasets" -> allDatasets(question);
      case "count" -> count(question);
      case "any" -> any(question);
      case "explain" -> butler.queries().explain(queries.query(question));
      default -> rows(question);
    };
  }

  private static CollectionSearch search(Question question) {
    String chains = question.textOrEmpty("chains");
    Set<CollectionType> types =
        question.has("types")
            ? question.texts("types").stream()
                .map(CollectionType::valueOf)
                .collect(Collectors.toSet())
            : Set.of(CollectionType.values());
    return new CollectionSearch(
        question.texts("expression"),
        types,
        new Chains(
            chains.startsWith("flatten"), !chains.equals("flatten") && !chains.equals("neither")),
        question.texts("details").stream().map(Detail::valueOf).collect(Collectors.toSet()),
        question.has("summaryDatasets") ? Set.copyOf(question.texts("summaryDatasets")) : null);
  }

  private Object datasetTypes(Question question) {
    DatasetTypes.Matches matches = butler.datasetTypes().search(question.texts("expression"));
    return Map.of(
        "found",
        Answers.types(matches.found()),
        "missing",
        matches.missing().stream().sorted().toList());
  }

  private static DatasetLookup lookup(Question question) {
    return new DatasetLookup(
        question.text("type"),
        question.object("dataId"),
        question.object("defaults"),
        question.texts("collections"),
        question.timespan());
  }

  private static Expansion expansion(Question question) {
    return question.isTrue("records") ? Expansion.RECORDS : Expansion.NONE;
  }

  private static UUID id(Question question) {
    return UUID.fromString(question.text("id"));
  }

  private static List<UUID> ids(Question question) {
    return question.texts("ids").stream().map(UUID::fromString).toList();
  }

  private Object expand(Question question) {
    var expanded = butler.datasets().expand(question.object("dataId"));
    return Map.of(
        "dataId", expanded.dataId().mapping(), "records", Answers.records(expanded.records()));
  }

  private Object allDatasets(Question question) {
    AllDatasets search =
        new AllDatasets(
            question.texts("collections"),
            question.texts("types"),
            question.truth("findFirst", Truth.YES).isYes(),
            question.object("dataId"),
            question.object("defaults"),
            question.textOrEmpty("where"),
            QueryQuestions.literals(question),
            question.limit(),
            question.isTrue("withRecords"));
    List<Object> found = new ArrayList<>();
    try (ResultStream<ResultRows> types = butler.queries().allDatasets(search)) {
      for (ResultRows rows : types) {
        found.addAll(Answers.rows(rows));
      }
    }
    return found;
  }

  private Object count(Question question) {
    return butler
        .queries()
        .count(
            queries.query(question),
            queries.spec(question, question.text("result")),
            new Counting(
                question.truth("exact", Truth.YES).isYes(),
                question.truth("discard", Truth.NO).isYes()));
  }

  private Object any(Question question) {
    return butler
        .queries()
        .any(
            queries.query(question),
            new Checking(
                question.truth("execute", Truth.YES).isYes(),
                question.truth("exact", Truth.YES).isYes()));
  }

  private Object rows(Question question) {
    List<Object> rows =
        Answers.rows(
            butler
                .queries()
                .execute(queries.query(question), queries.spec(question, question.kind())));
    return question.kind().equals("records")
        ? rows.stream().map(Asking::onlyRecord).toList()
        : rows;
  }

  /// The one record of a row.
  private static Object onlyRecord(Object row) {
    Map<String, Object> records = Question.object(Question.object(row).get("records"));
    return records.values().iterator().next();
  }
}
