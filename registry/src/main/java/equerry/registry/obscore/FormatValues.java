package equerry.registry.obscore;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [FormatText] can ask for: the values of the data ID, `id`, `run`, `dataset_type`, the
/// columns that are known so far, and `records` by element. An exposure stands for a visit where
/// there is none.
final class FormatValues {
  private FormatValues() {}

  /// @param ref a dataset with its records
  /// @param row the columns that are known so far
  static Map<String, @Nullable Object> of(DatasetRef ref, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("records", records(ref));
    values.putAll(ref.dataId().mapping());
    values.put("id", ref.id());
    values.put("run", ref.run());
    values.put("dataset_type", ref.type().name());
    values.putAll(row);
    if (values.containsKey("exposure")) {
      values.putIfAbsent("visit", values.get("exposure"));
    }
    return values;
  }

  /// The records by element; an element without one has none to ask for a part of.
  private static Map<String, @Nullable Object> records(DatasetRef ref) {
    Map<String, @Nullable Object> records = new HashMap<>();
    for (DimensionElement element : ref.dataId().group().elements()) {
      records.put(element.name(), null);
    }
    for (DimensionRecord record : Objects.requireNonNull(ref.records(), "records")) {
      records.put(record.element().name(), new RecordParts(record));
    }
    return records;
  }

  private record RecordParts(DimensionRecord record) implements FormatText.Parts {
    @Override
    public @Nullable Object part(String name) throws FormatText.UnfitValue {
      List<Column> columns = record.element().recordColumns();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(name)) {
          return plain(columns.get(i).type(), record.values().get(i), name);
        }
      }
      throw new FormatText.UnfitValue(
          "records of '%s' have no part '%s'".formatted(record.element(), name));
    }

    private static @Nullable Object plain(ColumnType type, @Nullable Object value, String name)
        throws FormatText.UnfitValue {
      return switch (type) {
        case INT, STRING, FLOAT, BOOL, TIMESPAN, UUID -> value;
        case HASH, REGION, DATETIME, INGEST_DATE ->
            throw new FormatText.UnfitValue(
                "the part '%s' of a record cannot be written as text".formatted(name));
      };
    }
  }
}
