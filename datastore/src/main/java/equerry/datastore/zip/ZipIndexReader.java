package equerry.datastore.zip;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the index of a zip file.
final class ZipIndexReader {
  private final DimensionUniverse universe;
  private final Map<String, DatasetType> types = new HashMap<>();
  private final RecordRows records;

  private ZipIndexReader(DimensionUniverse universe, JsonNode dimensionRecords) {
    this.universe = universe;
    this.records = RecordRows.read(universe, dimensionRecords);
  }

  /// Reads an index.
  ///
  /// @throws ButlerException.Invalid (zip_index)
  static ZipIndex read(byte[] json, DimensionUniverse universe) {
    try {
      JsonNode root = JsonMapper.shared().readTree(json);
      require("V1".equals(root.path("index_version").asString("")), "its version is not V1");
      JsonNode refs = root.path("refs");
      return new ZipIndexReader(universe, refs.path("dimension_records"))
          .read(refs, root.path("artifact_map"));
    } catch (JacksonException | IllegalArgumentException | IllegalStateException e) {
      throw ZipFaults.invalid("its index is malformed", e);
    }
  }

  private ZipIndex read(JsonNode container, JsonNode artifacts) {
    require("V1".equals(container.path("container_version").asString("")), "its refs are not V1");
    String namespace = universe.config().namespace();
    require(
        container.path("compact_refs").isEmpty()
            || namespace.equals(container.path("universe_namespace").asString("")),
        "its dimensions are not those of this repository ('" + namespace + "')");
    container.path("dataset_types").properties().forEach(e -> addType(e.getKey(), e.getValue()));
    Map<UUID, DatasetRef> refs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : container.path("compact_refs").properties()) {
      DatasetRef ref = ref(UUID.fromString(entry.getKey()), entry.getValue());
      refs.put(ref.id(), ref);
    }
    Map<String, ZipIndex.Member> members = new LinkedHashMap<>();
    artifacts.properties().forEach(e -> members.put(e.getKey(), member(e.getValue(), refs)));
    return new ZipIndex(List.copyOf(refs.values()), members);
  }

  private void addType(String name, JsonNode json) {
    List<String> dimensions = new ArrayList<>();
    json.path("dimensions").forEach(each -> dimensions.add(each.asString()));
    DimensionGroup group = universe.group(dimensions);
    require(
        java.util.Set.copyOf(group.required()).equals(java.util.Set.copyOf(dimensions)),
        "the dimensions of its dataset type '" + name + "' mean others in this repository");
    types.put(
        name,
        new DatasetType(
            text(json, "name"),
            group,
            text(json, "storageClass"),
            json.path("isCalibration").asBoolean(false),
            nullable(json, "parentStorageClass")));
  }

  private DatasetRef ref(UUID id, JsonNode json) {
    String name = text(json, "dataset_type_name");
    DatasetType type = types.get(name);
    if (type == null) {
      throw ZipFaults.invalid("its index does not say what dataset type '" + name + "' is");
    }
    JsonNode given = json.path("data_id");
    List<Object> values = new ArrayList<>();
    for (String dimension : type.dimensions().required()) {
      values.add(value(universe.dimension(dimension), given.path(dimension)));
    }
    DataId dataId = DataId.of(type.dimensions(), values);
    return records.expanded(new DatasetRef(id, type, dataId, text(json, "run"), null));
  }

  private static Object value(DimensionElement dimension, JsonNode json) {
    Object value = RecordRows.value(dimension.primaryKey().type(), json);
    if (value == null) {
      throw ZipFaults.invalid("a data ID has no value for '" + dimension + "'");
    }
    return value;
  }

  private static ZipIndex.Member member(JsonNode json, Map<UUID, DatasetRef> refs) {
    List<UUID> ids = new ArrayList<>();
    json.path("ids").forEach(id -> ids.add(UUID.fromString(id.asString())));
    require(!ids.isEmpty() && refs.keySet().containsAll(ids), "a member has unknown datasets");
    JsonNode info = json.path("info");
    return new ZipIndex.Member(
        new FileRecord(
            ids.getFirst(),
            nullable(info, "component"),
            text(info, "path"),
            text(info, "formatter"),
            text(info, "storage_class"),
            nullable(info, "checksum"),
            info.path("file_size").asLong(-1)),
        ids);
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    require(value.isString(), "its index has no text '" + field + "' where one is due");
    return value.asString();
  }

  private static @Nullable String nullable(JsonNode json, String field) {
    return json.path(field).isString() ? json.path(field).asString() : null;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw ZipFaults.invalid(otherwise);
    }
  }
}
