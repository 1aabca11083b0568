package equerry.direct;

import equerry.api.Changes;
import equerry.api.ColumnType;
import equerry.api.WritableButler;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.dimension.RecordEdits.OnDifference;
import equerry.api.dimension.RecordEdits.Synced;
import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One change of `registry-writes.json`, made by a butler.
///
/// @param fields what is to be done, and what the stock package answered
record RegistryChange(Map<String, @Nullable Object> fields) {

  /// Makes the change; says what came of it as the stock package's answers do, faults without
  /// their kind.
  String apply(WritableButler butler) {
    try {
      return butler.write(changes -> apply(changes, butler.universe()));
    } catch (ButlerException.Conflict | ButlerException.Invalid | ButlerException.NotFound fault) {
      return "FAILED";
    }
  }

  /// What is done, without the values of records.
  String label() {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>(fields);
    shown.remove("records");
    return shown.toString();
  }

  /// What the stock package answered.
  String answer() {
    return text("answer").replaceAll("^FAILED .*", "FAILED");
  }

  private String apply(Changes changes, DimensionUniverse universe) {
    switch (text("change")) {
      case "register":
        CollectionType type = CollectionType.valueOf(text("type"));
        return changes.collections().register(text("name"), type, doc()).name();
      case "register_type":
        return changes.datasetTypes().register(type(universe)).name();
      case "sync":
        OnDifference mode = OnDifference.valueOf(text("mode"));
        return answer(changes.records().sync(records(universe).getFirst(), mode));
      case "insert":
        changes.records().insert(records(universe), OnConflict.valueOf(text("mode")));
        break;
      case "document":
        changes.collections().document(text("name"), doc());
        break;
      case "remove":
        changes.collections().remove(text("name"));
        break;
      case "remove_type":
        changes.datasetTypes().remove(text("name"));
        break;
      case "redefine":
        changes.collections().redefineChain(text("name"), texts("children"));
        break;
      case "prepend":
        changes.collections().prependToChain(text("name"), texts("children"));
        break;
      case "extend":
        changes.collections().extendChain(text("name"), texts("children"));
        break;
      case "take":
        changes.collections().removeFromChain(text("name"), texts("children"));
        break;
      default:
        throw new IllegalArgumentException(fields.toString());
    }
    return "DONE";
  }

  private static String answer(Synced synced) {
    return switch (synced) {
      case Synced.Inserted inserted -> "INSERTED";
      case Synced.Unchanged unchanged -> "UNCHANGED";
      case Synced.Updated updated ->
          "UPDATED " + String.join(" ", new TreeSet<>(updated.before().keySet()));
    };
  }

  private DatasetType type(DimensionUniverse universe) {
    boolean calibration = Boolean.TRUE.equals(fields.get("calibration"));
    return new DatasetType(
        text("name"), universe.group(texts("dimensions")), text("storage_class"), calibration);
  }

  private List<DimensionRecord> records(DimensionUniverse universe) {
    DimensionElement element = universe.element(text("element"));
    List<DimensionRecord> records = new ArrayList<>();
    for (Object given : (List<?>) fields.getOrDefault("records", List.of())) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Column column : element.recordColumns()) {
        values.add(value(column.type(), ((Map<?, ?>) given).get(column.name())));
      }
      records.add(new DimensionRecord(element, values));
    }
    return records;
  }

  private static @Nullable Object value(ColumnType type, @Nullable Object given) {
    return switch (given) {
      case String hex when type == ColumnType.REGION || type == ColumnType.HASH ->
          HexFormat.of().parseHex(hex);
      case List<?> ends -> new Timespan((Long) ends.get(0), (Long) ends.get(1));
      case null, default -> given;
    };
  }

  private @Nullable String doc() {
    return fields.get("doc") instanceof String doc ? doc : null;
  }

  private String text(String field) {
    return String.valueOf(fields.get(field));
  }

  private List<String> texts(String field) {
    return ((List<?>) fields.getOrDefault(field, List.of())).stream().map(String::valueOf).toList();
  }
}
