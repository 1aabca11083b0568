package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the stock package says, made by `src/test/oracle/make_templates.py`.
public final class StockTemplates {
  private static final Map<String, Object> FACTS = read();

  /// The universe of all datasets here.
  public static final DimensionUniverse UNIVERSE = DimensionUniverse.of(map(fact("universe")));

  /// The datasets, in the order of all expected values.
  public static final List<DatasetRef> REFS =
      list(fact("refs")).stream().map(ref -> ref(map(ref))).toList();

  private StockTemplates() {}

  /// A dataset of a name, with implied values and records.
  public static DatasetRef expanded(String type) {
    return REFS.stream()
        .filter(ref -> ref.type().name().equals(type) && ref.records() != null)
        .findFirst()
        .orElseThrow();
  }

  static Object fact(String name) {
    return Objects.requireNonNull(FACTS.get(name), name);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(@Nullable Object value) {
    return (List<@Nullable Object>) Objects.requireNonNull(value);
  }

  private static Map<String, Object> read() {
    try (InputStream file =
            Objects.requireNonNull(
                StockTemplates.class.getResourceAsStream("/equerry/datastore/templates.json.gz"));
        InputStream in = new GZIPInputStream(file)) {
      return map(JsonMapper.shared().readValue(in, Map.class));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DatasetRef ref(Map<String, Object> json) {
    DimensionGroup group =
        UNIVERSE.group(list(json.get("dimensions")).stream().map(String::valueOf).toList());
    DatasetType type =
        new DatasetType(
            (String) Objects.requireNonNull(json.get("name")),
            group,
            (String) Objects.requireNonNull(json.get("storageClass")),
            false,
            (String) json.get("parent"));
    return new DatasetRef(
        UUID.fromString((String) Objects.requireNonNull(json.get("id"))),
        type,
        DataId.of(group, list(json.get("values")).stream().map(StockTemplates::value).toList()),
        (String) Objects.requireNonNull(json.get("run")),
        json.get("records") == null ? null : records(group, map(json.get("records"))));
  }

  private static List<DimensionRecord> records(DimensionGroup group, Map<String, Object> json) {
    List<DimensionRecord> records = new ArrayList<>();
    for (DimensionElement element : group.elements()) {
      if (json.containsKey(element.name())) {
        Map<String, Object> values = map(json.get(element.name()));
        List<@Nullable Object> row = new ArrayList<>();
        for (Column column : element.recordColumns()) {
          boolean own = element.isDimension() && column.name().equals(element.primaryKey().name());
          row.add(value(values.get(own ? element.primaryKey().name() : column.name())));
        }
        records.add(new DimensionRecord(element, row));
      }
    }
    return records;
  }

  private static @Nullable Object value(@Nullable Object json) {
    return switch (json) {
      case null -> null;
      case Integer number -> number.longValue();
      case java.math.BigInteger number -> number.doubleValue();
      default -> json;
    };
  }
}
