package equerry.registry.lookup;

import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Session;
import equerry.registry.dimension.RecordReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Completes data IDs: reads the record of each element, one statement for each that has a table.
public final class DataIdExpander {
  private DataIdExpander() {}

  /// The full data ID with all records that exist.
  ///
  /// @throws ButlerException.Invalid (data_id_value) for a dimension without such a record,
  ///     (inconsistent_data_id) where given values contradict a record, (dimension_name) for a
  ///     dimension that no record gives
  public static ExpandedDataId expand(Session session, DataId dataId) throws SQLException {
    return expand((element, keys) -> RecordReader.find(session, element, keys), dataId);
  }

  /// Finds a record by the values of its element's required dimensions.
  @FunctionalInterface
  public interface RecordSource {
    Optional<DimensionRecord> find(DimensionElement element, Map<String, Object> keys)
        throws SQLException;
  }

  /// As [#expand(Session, DataId)], with records from elsewhere.
  public static ExpandedDataId expand(RecordSource source, DataId dataId) throws SQLException {
    DimensionGroup group = dataId.group();
    Map<String, Object> keys = new HashMap<>();
    dataId.mapping().forEach((name, value) -> putIfPresent(keys, name, value));
    Map<String, DimensionRecord> records = new LinkedHashMap<>();
    for (DimensionElement element : group.lookupOrder()) {
      if (element.isDimension() && !keys.containsKey(element.name())) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME, "No value or null value for dimension " + element + ".");
      }
      Optional<DimensionRecord> record = source.find(element, keys);
      if (record.isPresent()) {
        records.put(element.name(), record.get());
        addImplied(dataId, record.get(), keys);
      } else {
        requireOptional(element, group, keys);
      }
    }
    List<@Nullable Object> values = new ArrayList<>();
    group.keys().forEach(name -> values.add(keys.get(name)));
    return new ExpandedDataId(DataId.of(group, values), inOrder(group, records));
  }

  private static void putIfPresent(Map<String, Object> keys, String name, @Nullable Object value) {
    if (value != null) {
      keys.put(name, value);
    }
  }

  private static void addImplied(DataId dataId, DimensionRecord record, Map<String, Object> keys) {
    for (String name : record.element().implied()) {
      Object value = record.value(name);
      Object before = keys.get(name);
      if (before != null && !before.equals(value)) {
        throw new ButlerException.Invalid(
            ErrorCode.INCONSISTENT_DATA_ID,
            "Data ID %s has %s=%s, but %s implies %s=%s."
                .formatted(dataId, name, before, record.element(), name, value));
      }
      putIfPresent(keys, name, value);
    }
  }

  private static void requireOptional(
      DimensionElement element, DimensionGroup group, Map<String, Object> keys) {
    if (group.contains(element.name())) {
      throw new ButlerException.Invalid(
          ErrorCode.DATA_ID_VALUE,
          "Could not fetch record for dimension " + element + " via keys " + keys + ".");
    }
    if (element.definesRelationships()) {
      throw new ButlerException.Invalid(
          ErrorCode.INCONSISTENT_DATA_ID,
          "No record of element "
              + element
              + " relates the values "
              + keys
              + ": they are inconsistent.");
    }
  }

  private static List<DimensionRecord> inOrder(
      DimensionGroup group, Map<String, DimensionRecord> records) {
    List<DimensionRecord> ordered = new ArrayList<>();
    for (DimensionElement element : group.elements()) {
      DimensionRecord record = records.get(element.name());
      if (record != null) {
        ordered.add(record);
      }
    }
    return ordered;
  }
}
