package equerry.testkit;

import equerry.api.ColumnType;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSummary;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionRecord;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.api.query.Expression;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers in the neutral form that is compared: maps, lists, texts and numbers.
final class Answers {
  private Answers() {}

  private static Map<String, Object> map() {
    return new LinkedHashMap<>();
  }

  private static @Nullable List<String> sorted(@Nullable Collection<String> texts) {
    return texts == null ? null : texts.stream().sorted().toList();
  }

  static Object collection(CollectionInfo info) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", info.name());
    map.put("type", info.type().name());
    map.put("doc", info.doc());
    map.put("children", info.children());
    map.put("parents", sorted(info.parents()));
    map.put("datasetTypes", sorted(info.datasetTypes()));
    return map;
  }

  static Object summary(CollectionSummary summary) {
    Map<String, Object> map = map();
    map.put("datasetTypes", types(summary.datasetTypes()));
    Map<String, List<String>> governors = new TreeMap<>();
    for (Map.Entry<String, Set<String>> entry : summary.governors().entrySet()) {
      governors.put(entry.getKey(), entry.getValue().stream().sorted().toList());
    }
    map.put("governors", governors);
    return map;
  }

  static List<Object> types(Collection<DatasetType> types) {
    return types.stream()
        .sorted(Comparator.comparing(DatasetType::name))
        .map(Answers::type)
        .toList();
  }

  static Object type(DatasetType type) {
    Map<String, Object> map = map();
    map.put("name", type.name());
    map.put("dimensions", type.dimensions().required());
    map.put("storageClass", type.storageClass());
    map.put("isCalibration", type.isCalibration());
    return map;
  }

  static Map<String, Object> ref(DatasetRef ref) {
    Map<String, Object> map = map();
    map.put("id", ref.id().toString());
    map.put("type", type(ref.type()));
    map.put("dataId", ref.dataId().required());
    map.put("run", ref.run());
    if (ref.records() != null) {
      map.put("records", records(ref.records()));
    }
    return map;
  }

  static List<Object> refs(Collection<DatasetRef> refs) {
    return refs.stream()
        .sorted(Comparator.comparing(ref -> ref.id().toString()))
        .map(ref -> (Object) ref(ref))
        .toList();
  }

  static Map<String, Object> records(Collection<DimensionRecord> records) {
    Map<String, Object> map = map();
    records.forEach(record -> map.put(record.element().name(), record(record)));
    return map;
  }

  static Map<String, Object> record(DimensionRecord record) {
    Map<String, Object> map = map();
    for (int i = 0; i < record.values().size(); i++) {
      map.put(record.element().recordColumns().get(i).name(), plain(record.values().get(i)));
    }
    return map;
  }

  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case UUID id -> id.toString();
      case Timespan timespan -> List.of(timespan.beginNanos(), timespan.endNanos());
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case Expression.Bytes bytes -> bytes.toString();
      case null, default -> value;
    };
  }

  static Object files(DatasetFiles dataset) {
    return Map.of(
        "ref",
        ref(unexpanded(dataset.ref())),
        "files",
        dataset.files().stream().map(Answers::file).toList());
  }

  /// Records are welcome here, but not asked for.
  private static DatasetRef unexpanded(DatasetRef ref) {
    return new DatasetRef(ref.id(), ref.type(), ref.dataId(), ref.run(), null);
  }

  static Map<String, List<Object>> filesById(Map<UUID, List<StoredFile>> files) {
    Map<String, List<Object>> map = new TreeMap<>();
    files.forEach((id, list) -> map.put(id.toString(), list.stream().map(Answers::file).toList()));
    return map;
  }

  private static Object file(StoredFile file) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("datastore", file.datastore());
    map.put("component", file.record().component());
    map.put("path", file.record().path());
    map.put("formatter", file.record().formatter());
    map.put("storageClass", file.record().storageClass());
    map.put("checksum", file.record().checksum());
    map.put("sizeBytes", file.record().sizeBytes());
    return map;
  }

  /// All rows of a result, which is closed.
  ///
  /// @throws AssertionError for a value that is not of its column's type
  static List<Object> rows(ResultRows result) {
    try (result) {
      List<Object> rows = new ArrayList<>();
      for (Object[] row : result) {
        rows.add(row(result.columns(), row));
      }
      return rows;
    }
  }

  static Object row(List<ResultColumn> columns, Object[] values) {
    Map<String, Object> row = map();
    Map<String, Object> records = map();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      switch (columns.get(i)) {
        case ResultColumn.Key key -> row.put(key.dimension().name(), plain(value));
        case ResultColumn.Field field -> {
          check(field.column().type(), value);
          row.put(field.element().name() + "." + field.column().name(), plain(value));
        }
        case ResultColumn.Dataset dataset -> {
          check(dataset.column().type(), value);
          row.put(dataset.type().name() + "." + dataset.column().label(), plain(value));
        }
        case ResultColumn.Record record -> {
          if (value instanceof DimensionRecord found) {
            records.put(record.element().name(), record(found));
          }
        }
      }
    }
    if (!records.isEmpty()) {
      row.put("records", records);
    }
    return row;
  }

  private static void check(ColumnType type, @Nullable Object value) {
    boolean fits =
        switch (type) {
          case INT, DATETIME, INGEST_DATE -> value instanceof Long;
          case STRING -> value instanceof String;
          case FLOAT -> value instanceof Double;
          case BOOL -> value instanceof Boolean;
          case HASH, REGION -> value instanceof byte[];
          case TIMESPAN -> value instanceof Timespan;
          case UUID -> value instanceof UUID;
        };
    if (value != null && !fits) {
      throw new AssertionError("A value of type " + type + " is a " + value.getClass());
    }
  }
}
