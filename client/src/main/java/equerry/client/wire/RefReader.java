package equerry.client.wire;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads dataset types, data IDs and refs of one answer. Used by one thread.
final class RefReader {
  static final String DATA_ID = "dataId";

  private final DimensionUniverse universe;
  private final RecordReader records;
  private final Expansion expansion;
  private @Nullable KnownType last;

  /// A dataset type as it was written, and what it is.
  private record KnownType(WireValue written, DatasetType type) {}

  /// @param expansion whether records were asked for; that a data ID without dimensions has them is
  ///     said in any case
  RefReader(DimensionUniverse universe, RecordReader records, Expansion expansion) {
    this.universe = universe;
    this.records = records;
    this.expansion = expansion;
  }

  /// Reads a dataset type, which is the same object when the last one read was equal.
  DatasetType type(WireValue value) {
    KnownType known = last;
    if (known != null && known.written().hasContentOf(value)) {
      return known.type();
    }
    DatasetType type =
        new DatasetType(
            value.field("name").text(),
            universe.group(value.field("dimensions").texts()),
            value.field("storageClass").text(),
            value.flag("isCalibration"));
    last = new KnownType(value, type);
    return type;
  }

  DatasetRef ref(WireValue value) {
    DatasetType type = type(value.field("datasetType"));
    WireValue dataId = value.field(DATA_ID);
    return new DatasetRef(
        value.field("id").uuid(),
        type,
        dataId(type.dimensions(), dataId.field(DATA_ID)),
        value.field("run").text(),
        expansion == Expansion.RECORDS ? records.readAll(dataId) : null);
  }

  /// A data ID that says itself which dimensions it has, with its records.
  DataId dataId(WireValue value) {
    WireValue values = value.field(DATA_ID);
    return dataId(universe.group(values.entries().keySet()), values);
  }

  @Nullable List<DimensionRecord> records(WireValue value) {
    return records.readAll(value);
  }

  /// The required values, and the implied ones if all of them are there.
  private DataId dataId(DimensionGroup group, WireValue values) {
    Map<String, WireValue> given = values.entries();
    boolean full = given.keySet().containsAll(group.implied());
    List<@Nullable Object> read = new ArrayList<>();
    for (String name : full ? group.keys() : group.required()) {
      WireValue value = values.field(name);
      if (value.isNull() && group.required().contains(name)) {
        throw value.unexpected("a value");
      }
      read.add(ValueReader.key(universe.element(name), value));
    }
    return DataId.of(group, read);
  }
}
