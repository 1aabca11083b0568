package equerry.testkit;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.Queries.Checking;
import equerry.api.query.Queries.Counting;
import equerry.api.selection.GeneralRow;
import equerry.api.selection.Results;
import equerry.api.selection.Selection;
import equerry.api.selection.Selection.Search;
import equerry.testkit.Question.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks questions through the steps of a [Selection].
final class SelectionAsking {
  private final Butler butler;

  SelectionAsking(Butler butler) {
    this.butler = butler;
  }

  Object ask(Question question) {
    return switch (question.kind()) {
      case "count" ->
          results(question, question.text("result"))
              .count(
                  new Counting(
                      question.truth("exact", Truth.YES).isYes(),
                      question.truth("discard", Truth.NO).isYes()));
      case "any" ->
          results(question, kindOf(question))
              .any(
                  new Checking(
                      question.truth("execute", Truth.YES).isYes(),
                      question.truth("exact", Truth.YES).isYes()));
      case "explain" -> butler.queries().explain(results(question, kindOf(question)).query());
      default -> results(question, question.kind()).list().stream().map(this::neutral).toList();
    };
  }

  /// The kind of result of a question that names none.
  private static String kindOf(Question question) {
    if (question.has("element")) {
      return "records";
    }
    return question.has("type") ? "refs" : "data_ids";
  }

  private Results<?> results(Question question, String kind) {
    Selection selection = selection(question);
    String[] dimensions = question.texts("dimensions").toArray(String[]::new);
    return switch (kind) {
      case "data_ids" ->
          question.isTrue("withRecords")
              ? selection.expandedDataIds(dimensions)
              : selection.dataIds(dimensions);
      case "records" -> selection.records(question.text("element"));
      case "refs" ->
          selection.refs(
              question.text("type"),
              List.of(),
              question.truth("findFirst", Truth.YES).isYes() ? Search.FIRST : Search.ALL,
              question.isTrue("withRecords") ? Expansion.RECORDS : Expansion.NONE);
      case "general" ->
          selection.general(
              List.of(dimensions),
              question.isTrue("findFirst") ? Search.FIRST : Search.ALL,
              columns(question));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static String[] columns(Question question) {
    List<String> columns = new ArrayList<>();
    for (String part : List.of("fields", "datasetFields")) {
      question
          .object(part)
          .forEach(
              (owner, names) ->
                  Question.texts(names).forEach(name -> columns.add(owner + "." + name)));
    }
    return columns.toArray(String[]::new);
  }

  private Selection selection(Question question) {
    Selection selection = Selection.of(butler).defaults(question.object("defaults"));
    for (Map.Entry<String, Object> search : question.object("datasets").entrySet()) {
      selection = selection.joinDatasets(search.getKey(), Question.texts(search.getValue()));
    }
    if (question.has("collections")) {
      selection = selection.joinDatasets(question.text("type"), question.texts("collections"));
    }
    if (question.has("upload")) {
      selection = selection.joinDataIds(dataIds(question.part("upload")));
    }
    Map<String, Object> binds = new LinkedHashMap<>();
    question.object("bind").forEach((name, value) -> binds.put(name, QueryQuestions.bound(value)));
    selection =
        selection
            .where(question.textOrEmpty("where"), binds)
            .where(question.object("dataId"))
            .orderBy(question.texts("orderBy"));
    Long limit = question.limit();
    return limit == null ? selection : selection.limit(limit);
  }

  private Collection<DataId> dataIds(Question question) {
    DimensionGroup group = butler.universe().group(question.texts("dimensions"));
    List<DataId> dataIds = new ArrayList<>();
    for (Object row : (List<?>) question.fields().getOrDefault("rows", List.of())) {
      dataIds.add(DataId.of(group, (List<?>) row));
    }
    return dataIds;
  }

  private Object neutral(Object row) {
    return switch (row) {
      case DataId dataId -> dataId.mapping();
      case ExpandedDataId expanded -> expanded(expanded);
      case DimensionRecord record -> Answers.record(record);
      case DatasetRef ref -> ref(ref);
      case GeneralRow general -> Answers.row(general.columns(), general.values().toArray());
      default -> throw new IllegalArgumentException(row.getClass().getName());
    };
  }

  private static Object expanded(ExpandedDataId expanded) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(expanded.dataId().mapping());
    addRecords(map, expanded.records());
    return map;
  }

  private static Object ref(DatasetRef ref) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(ref.dataId().mapping());
    map.put(ref.type().name() + ".dataset_id", ref.id().toString());
    map.put(ref.type().name() + ".run", ref.run());
    List<DimensionRecord> records = ref.records();
    if (records != null) {
      addRecords(map, records);
    }
    return map;
  }

  private static void addRecords(Map<String, @Nullable Object> map, List<DimensionRecord> records) {
    if (!records.isEmpty()) {
      map.put("records", Answers.records(records));
    }
  }
}
