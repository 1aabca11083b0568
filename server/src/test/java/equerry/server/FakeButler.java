package equerry.server;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSummary;
import equerry.api.collection.CollectionType;
import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dataset.StorageClasses;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.Files;
import equerry.api.file.StoredFile;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A butler with one dataset type `bias` and one dataset, strict about everything else: what it does
/// not know is an error. Queries answer what a test puts in.
final class FakeButler implements Butler, Datasets, Queries {
  static final UUID ID = UUID.fromString("51352db4-a47a-447c-b12d-a50b206b17cd");
  static final UUID WITHOUT_FILE = UUID.fromString("51352db4-a47a-447c-b12d-a50b206b17ce");
  static final UUID IN_PARTS = UUID.fromString("51352db4-a47a-447c-b12d-a50b206b17cf");
  static final String STORE = "FileDatastore@<butlerRoot>";

  static final DimensionUniverse UNIVERSE =
      DimensionUniverse.of(
          Map.of(
              "version", 8,
              "skypix", Map.of("common", "htm7", "htm", Map.of("class", "H", "max_level", 7)),
              "elements",
                  Map.of(
                      "instrument",
                      Map.of(
                          "keys", List.of(Map.of("name", "name", "type", "string")),
                          "governor", true,
                          "is_cached", true),
                      "detector",
                      Map.of(
                          "keys", List.of(Map.of("name", "id", "type", "int")),
                          "requires", List.of("instrument"))),
              "topology", Map.of()));

  static final DatasetType BIAS =
      new DatasetType("bias", UNIVERSE.group(List.of("detector")), "Exposure", true);

  static final StorageClasses STORAGE_CLASSES =
      new StorageClasses(Map.of("Exposure", Map.of("wcs", "Wcs")));

  final CountDownLatch interrupted = new CountDownLatch(1);
  final AtomicInteger closed = new AtomicInteger();
  volatile Supplier<ResultRows> rows = () -> new FakeRows(List.of());
  volatile Supplier<ResultStream<ResultRows>> types =
      () -> {
        throw new IllegalStateException("No answer to all_datasets was given");
      };

  static DatasetRef ref(UUID id) {
    return new DatasetRef(
        id, BIAS, DataId.of(BIAS.dimensions(), List.of("Cam1", 2L)), "run/1", null);
  }

  @Override
  public DimensionUniverse universe() {
    return UNIVERSE;
  }

  @Override
  public Collections collections() {
    return new FakeCollections();
  }

  @Override
  public DatasetTypes datasetTypes() {
    return new FakeTypes();
  }

  @Override
  public Datasets datasets() {
    return this;
  }

  @Override
  public Queries queries() {
    return this;
  }

  @Override
  public Files files() {
    return new FakeFiles();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  private static final class FakeCollections implements Collections {
    @Override
    public List<CollectionInfo> search(CollectionSearch search) {
      return search.expression().stream().map(this::load).toList();
    }

    @Override
    public CollectionInfo load(String name) {
      return new CollectionInfo(
          name, CollectionType.RUN, "words", List.of(), Set.of("chain"), null);
    }

    @Override
    public CollectionSummary loadSummary(String name) {
      return new CollectionSummary(List.of(BIAS), Map.of("instrument", Set.of(name)));
    }
  }

  private static final class FakeTypes implements DatasetTypes {
    @Override
    public DatasetType load(String name) {
      if (name.equals("bias")) {
        return BIAS;
      }
      throw new ButlerException.NotFound(
          ErrorCode.MISSING_DATASET_TYPE, "Dataset type '" + name + "' does not exist.");
    }

    @Override
    public Matches search(List<String> expression) {
      return new Matches(
          List.of(BIAS), expression.stream().filter(name -> !name.equals("bias")).toList());
    }
  }

  private final class FakeFiles implements Files {
    @Override
    public Optional<DatasetFiles> find(UUID id) {
      return known(id) ? Optional.of(new DatasetFiles(ref(id), stored(id))) : Optional.empty();
    }

    @Override
    public DatasetFiles load(DatasetLookup lookup) {
      DatasetRef found = FakeButler.this.find(lookup, Expansion.NONE).orElseThrow();
      return new DatasetFiles(found, stored(found.id()));
    }

    @Override
    public Map<UUID, List<StoredFile>> findAll(List<UUID> ids) {
      return ids.stream()
          .filter(FakeButler::known)
          .collect(Collectors.toMap(id -> id, FakeButler::stored));
    }
  }

  @Override
  public Optional<DatasetRef> find(DatasetLookup lookup, Expansion expansion) {
    return switch (lookup.datasetType()) {
      case "bias" -> lookup.collections().isEmpty() ? Optional.empty() : Optional.of(ref(ID));
      case "slow" -> sleep();
      case "bug" -> throw new IllegalStateException("secret of the implementation");
      case "gone" ->
          throw new ButlerException.Unavailable(
              ErrorCode.REPOSITORY_UNAVAILABLE, "The database cannot be reached.", null);
      default ->
          throw new ButlerException.NotFound(
              ErrorCode.MISSING_DATASET_TYPE,
              "Dataset type '" + lookup.datasetType() + "' does not exist.");
    };
  }

  private Optional<DatasetRef> sleep() {
    try {
      Thread.sleep(60_000);
      return Optional.empty();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new ButlerException.Unavailable(ErrorCode.REPOSITORY_UNAVAILABLE, "Interrupted.", e);
    }
  }

  @Override
  public Optional<DatasetRef> find(UUID id, Expansion expansion) {
    return known(id) ? Optional.of(ref(id)) : Optional.empty();
  }

  private static boolean known(UUID id) {
    return id.equals(ID) || id.equals(WITHOUT_FILE) || id.equals(IN_PARTS);
  }

  @Override
  public List<DatasetRef> findAll(List<UUID> ids) {
    return ids.stream().filter(FakeButler::known).map(FakeButler::ref).toList();
  }

  @Override
  public ExpandedDataId expand(Map<String, Object> dataId) {
    throw new ButlerException.Invalid(ErrorCode.DATA_ID_VALUE, "No such data ID: " + dataId);
  }

  static List<StoredFile> stored(UUID id) {
    if (id.equals(WITHOUT_FILE)) {
      return List.of();
    }
    return id.equals(IN_PARTS)
        ? List.of(file(id, "data", "a data.json"), file(id, "summary", "b.json"))
        : List.of(file(id, null, "run/1/bias é#1.json"));
  }

  private static StoredFile file(
      UUID id, @org.jspecify.annotations.Nullable String component, String path) {
    return new StoredFile(
        STORE, new FileRecord(id, component, path, "a.Formatter", "Exposure", null, 5));
  }

  @Override
  public ResultRows execute(Query query, ResultSpec spec) {
    return rows.get();
  }

  @Override
  public long count(Query query, ResultSpec spec, Counting counting) {
    return 42;
  }

  @Override
  public boolean any(Query query, Checking checking) {
    return true;
  }

  @Override
  public List<String> explain(Query query) {
    return List.of("because");
  }

  @Override
  public ResultStream<ResultRows> allDatasets(AllDatasets search) {
    return types.get();
  }
}
