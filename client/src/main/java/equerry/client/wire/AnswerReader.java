package equerry.client.wire;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSummary;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads answers that are one JSON object. Safe for many threads.
///
/// All methods throw [ButlerException.Invalid] for an answer that is not of the protocol: MALFORMED
/// with the path of the value at fault, or the code of a name that the universe does not have.
/// Unknown fields are passed over.
public final class AnswerReader {
  private final DimensionUniverse universe;
  private final WireJson json;

  public AnswerReader(DimensionUniverse universe, WireLimits limits) {
    this.universe = universe;
    this.json = new WireJson(limits);
  }

  /// The configuration that a server gives to clients.
  ///
  /// @param url where its endpoints are, possibly relative to `<butlerRoot>`
  /// @param authentication what clients do with tokens
  public record ClientConfiguration(String url, String authentication) {}

  /// The answer of `get_file…`.
  ///
  /// @param ref the dataset
  /// @param links where its files are, none if it has none
  public record DatasetLinks(DatasetRef ref, List<FileLink> links) {
    public DatasetLinks {
      links = List.copyOf(links);
    }
  }

  /// Reads `butler.yaml`, which servers write as JSON. Servers of early releases do not say how to
  /// authenticate; they are of the Rubin Science Platform.
  public static ClientConfiguration clientConfiguration(byte[] body, WireLimits limits) {
    WireValue section = new WireJson(limits).parse(body).field("remote_butler");
    return new ClientConfiguration(
        section.field("url").text(),
        section.find("authentication").map(WireValue::text).orElse("rubin_science_platform"));
  }

  /// Reads the universe that all other answers refer to.
  @SuppressWarnings("unchecked") // plain() gives such a map for every object
  public static DimensionUniverse universe(byte[] body, WireLimits limits) {
    WireValue universe = new WireJson(limits).parse(body).field("universe");
    if (universe.plain() instanceof Map<?, ?> config) {
      return DimensionUniverse.of((Map<String, Object>) config);
    }
    throw universe.unexpected("an object");
  }

  private RefReader refs() {
    return refs(Datasets.Expansion.NONE);
  }

  private RefReader refs(Datasets.Expansion expansion) {
    return new RefReader(universe, new RecordReader(universe), expansion);
  }

  public DatasetType datasetType(byte[] body) {
    return refs().type(json.parse(body).field("dataset_type"));
  }

  public DatasetTypes.Matches datasetTypes(byte[] body) {
    WireValue answer = json.parse(body);
    return new DatasetTypes.Matches(
        answer.field("dataset_types").list(refs()::type), answer.field("missing").texts());
  }

  /// The answer of `find_dataset` and `dataset/…`.
  ///
  /// @param expansion whether records were asked for
  public Optional<DatasetRef> dataset(byte[] body, Datasets.Expansion expansion) {
    return json.parse(body).find("dataset_ref").map(refs(expansion)::ref);
  }

  public List<DatasetRef> datasets(byte[] body) {
    return json.parse(body).field("rows").list(refs()::ref);
  }

  public Datasets.ExpandedDataId expandedDataId(byte[] body) {
    WireValue value = json.parse(body).field("data_coordinate");
    RefReader refs = refs();
    return new Datasets.ExpandedDataId(
        refs.dataId(value), Optional.ofNullable(refs.records(value)).orElse(List.of()));
  }

  public List<CollectionInfo> collections(byte[] body) {
    return json.parse(body).field("collections").list(AnswerReader::collection);
  }

  private static CollectionInfo collection(WireValue value) {
    WireValue type = value.field("type");
    return new CollectionInfo(
        value.field("name").text(),
        CollectionType.find(type.integer())
            .orElseThrow(() -> type.unexpected("a collection type (1 to 4)")),
        value.find("doc").map(WireValue::text).orElse(""),
        value.find("children").map(WireValue::texts).orElse(List.of()),
        value.find("parents").map(AnswerReader::set).orElse(null),
        value.find("dataset_types").map(AnswerReader::set).orElse(null));
  }

  private static Set<String> set(WireValue names) {
    return new LinkedHashSet<>(names.texts());
  }

  public CollectionSummary summary(byte[] body) {
    WireValue summary = json.parse(body).field("summary");
    return new CollectionSummary(
        summary.field("dataset_types").list(refs()::type),
        summary.field("governors").map(AnswerReader::set));
  }

  public long count(byte[] body) {
    return json.parse(body).field("count").integer();
  }

  public boolean any(byte[] body) {
    return json.parse(body).field("found_rows").bool();
  }

  public List<String> explanation(byte[] body) {
    return json.parse(body).field("messages").texts();
  }

  /// The answer of `get_file…`.
  public DatasetLinks files(byte[] body) {
    WireValue answer = json.parse(body);
    DatasetRef ref = refs().ref(answer.field("dataset_ref"));
    return new DatasetLinks(
        ref,
        answer
            .find("artifact")
            .map(
                artifact ->
                    artifact
                        .field("file_info")
                        .list(file -> LinkReader.read(ref.id(), file, "datastoreRecords")))
            .orElse(List.of()));
  }

  /// The answer of `file_transfer`.
  public Map<UUID, List<FileLink>> transfers(byte[] body) {
    Map<UUID, List<FileLink>> links = new LinkedHashMap<>();
    WireValue files = json.parse(body).field("files");
    files
        .entries()
        .forEach(
            (key, list) -> {
              UUID id =
                  WireValue.findUuid(key).orElseThrow(() -> files.unexpected("UUIDs as keys"));
              links.put(id, list.list(file -> LinkReader.read(id, file, "file_info")));
            });
    return links;
  }
}
