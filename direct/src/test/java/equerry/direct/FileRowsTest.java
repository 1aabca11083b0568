package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.direct.DemoCopy.Engine;
import equerry.registry.RecordTable;
import equerry.registry.WritableRegistry;
import equerry.registry.db.DatabaseSource;
import equerry.registry.write.RegistryChanges;
import equerry.registry.write.TrashRows;
import equerry.registry.write.TrashRows.Part;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// File records and the trash, with two datastores.
class FileRowsTest {
  private static final String MAIN = "FileDatastore@<butlerRoot>";
  private static final String SECOND = "FileDatastore@<butlerRoot>/second";
  private static final String RUN = "meadow/runs/second";
  private static final Part ALL = new Part.Everything();

  /// A registry on a copy of the demo's database.
  private record Copy(DemoCopy demo, WritableRegistry registry) implements AutoCloseable {
    static Copy make(Engine engine, Path folder) {
      DemoCopy demo = DemoCopy.make(engine, folder);
      String url =
          demo.database() == null
              ? "sqlite:///" + demo.root().resolve("gen3.sqlite3")
              : "postgresql://postgres@localhost:%d/%s"
                  .formatted(EmbeddedDatabase.port(), demo.database());
      DatabaseSource source =
          new DatabaseSource(
              url, demo.database() == null ? null : "demo", null, 3, Duration.ofSeconds(30));
      return new Copy(
          demo,
          WritableRegistry.open(
              source,
              List.of(
                  new RecordTable(MAIN, "file_datastore_records"),
                  new RecordTable(SECOND, "second_records"))));
    }

    void write(Consumer<RegistryChanges> work) {
      registry.write(
          changes -> {
            work.accept(changes);
            return true;
          });
    }

    /// New datasets of one type.
    List<UUID> insert(int count) {
      List<DataId> dataIds = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        dataIds.add(
            DataId.of(registry.readable().universe().group(Set.of("htm7")), List.of(140_000L + i)));
      }
      return registry
          .write(
              changes ->
                  changes.datasets().insert("meadow_reference_stars", RUN, dataIds, IdMode.UNIQUE))
          .stream()
          .map(DatasetRef::id)
          .toList();
    }

    List<StoredFile> trash(Part part, int rows) {
      return registry.write(changes -> changes.files().trash().page(part, rows));
    }

    Set<String> inUse(String datastore, List<String> paths) {
      return registry.write(changes -> changes.files().trash().pathsInUse(datastore, paths));
    }

    Map<UUID, List<StoredFile>> find(List<UUID> ids) {
      return registry.write(changes -> changes.files().find(ids));
    }

    long count(String table) throws Exception {
      try (Connection connection = demo.connect();
          var statement = connection.createStatement();
          var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
        result.next();
        return result.getLong(1);
      }
    }

    @Override
    public void close() {
      registry.close();
      demo.close();
    }
  }

  private static StoredFile file(String store, UUID id, @Nullable String component, String path) {
    return new StoredFile(
        store, new FileRecord(id, component, path, "a.Formatter", "Cls", null, 7));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void findsWhatWasAdded(Engine engine, @TempDir Path folder) {
    try (Copy copy = Copy.make(engine, folder)) {
      List<UUID> ids = copy.insert(300);
      List<StoredFile> files = new ArrayList<>();
      for (UUID id : ids) {
        files.add(file(MAIN, id, null, "a\\b\t\n" + id));
      }
      files.add(file(SECOND, ids.get(0), "wcs", "x/é.fits"));
      files.add(file(SECOND, ids.get(0), "image", "x/i.fits"));
      copy.write(changes -> changes.files().add(files));
      Map<UUID, List<StoredFile>> found = copy.find(ids);
      assertThat(found.get(ids.get(0)))
          .containsExactlyInAnyOrder(files.get(0), files.get(300), files.get(301));
      assertThat(found).hasSize(300);
      assertThat(found.get(ids.get(299))).containsExactly(files.get(299));
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void refusesAFileTwice(Engine engine, @TempDir Path folder) {
    try (Copy copy = Copy.make(engine, folder)) {
      UUID id = copy.insert(1).getFirst();
      StoredFile file = file(MAIN, id, null, "f");
      assertThatThrownBy(() -> copy.write(changes -> changes.files().add(List.of(file, file))))
          .isInstanceOf(ButlerException.Conflict.class)
          .hasMessageContaining("Two files are given for dataset " + id);
      copy.write(changes -> changes.files().add(List.of(file)));
      assertThatThrownBy(() -> copy.write(changes -> changes.files().add(List.of(file))))
          .isInstanceOf(ButlerException.Conflict.class)
          .hasMessageContaining("has a file of dataset " + id + " already");
      copy.write(changes -> changes.files().trash().add(List.of(id)));
      assertThatThrownBy(() -> copy.write(changes -> changes.files().add(List.of(file))))
          .isInstanceOf(ButlerException.Conflict.class)
          .hasMessageContaining("in its trash");
      UUID unknown = UUID.randomUUID();
      assertThatThrownBy(
              () ->
                  copy.write(
                      changes -> changes.files().add(List.of(file(MAIN, unknown, null, "g")))))
          .isInstanceOf(ButlerException.Conflict.class)
          .hasMessageContaining(unknown + " is not registered");
      assertThatThrownBy(
              () ->
                  copy.write(changes -> changes.files().add(List.of(file("Gone", id, null, "g")))))
          .isInstanceOf(ButlerException.Invalid.class)
          .hasMessageContaining("'Gone'");
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void emptiesTheTrashPageByPage(Engine engine, @TempDir Path folder) throws Exception {
    try (Copy copy = Copy.make(engine, folder)) {
      List<UUID> ids = copy.insert(25);
      List<StoredFile> files = new ArrayList<>();
      for (UUID id : ids) {
        files.add(file(MAIN, id, "a", id + "/a"));
        files.add(file(MAIN, id, "b", id + "/b"));
      }
      copy.write(changes -> changes.files().add(files));
      Part part =
          copy.registry.write(
              changes -> {
                changes.files().trash().add(ids.subList(0, 20));
                return changes.trashed();
              });
      assertThat(part).isEqualTo(new Part.Datasets(Set.copyOf(ids.subList(0, 20))));
      assertThat(copy.trash(new Part.Datasets(Set.of(ids.get(24))), 10)).isEmpty();
      assertThat(copy.find(ids)).containsOnlyKeys(ids.subList(20, 25));
      List<StoredFile> emptied = new ArrayList<>();
      for (List<StoredFile> page = copy.trash(part, 7);
          !page.isEmpty();
          page = copy.trash(part, 7)) {
        assertThat(page).hasSizeLessThanOrEqualTo(7);
        emptied.addAll(page);
        List<StoredFile> gone = page;
        copy.write(changes -> changes.files().trash().forget(gone));
      }
      assertThat(emptied).containsExactlyInAnyOrderElementsOf(files.subList(0, 40));
      assertThat(copy.count("dataset_location_trash")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void tellsWhichPathsAreInUse(Engine engine, @TempDir Path folder) {
    try (Copy copy = Copy.make(engine, folder)) {
      List<UUID> ids = copy.insert(5);
      copy.write(
          changes ->
              changes
                  .files()
                  .add(
                      List.of(
                          file(MAIN, ids.get(0), null, "shared"),
                          file(MAIN, ids.get(1), null, "shared"),
                          file(MAIN, ids.get(2), null, "z.zip#zip-path=1"),
                          file(MAIN, ids.get(3), null, "z.zip#zip-path=2"),
                          file(MAIN, ids.get(4), null, "alone"))));
      copy.write(
          changes -> changes.files().trash().add(List.of(ids.get(0), ids.get(2), ids.get(4))));
      List<String> paths = List.of("shared", "alone", "z.zip#zip-path=1", "unknown");
      assertThat(copy.inUse(MAIN, paths)).containsExactlyInAnyOrder("shared", "z.zip");
      assertThat(copy.inUse(SECOND, paths)).isEmpty();
      copy.write(changes -> changes.files().trash().add(ids));
      assertThat(copy.inUse(MAIN, paths)).isEmpty();
    }
  }

  /// A stale row of the trash must not cost a dataset that has files again.
  @ParameterizedTest
  @EnumSource(Engine.class)
  void keepsWhatIsInTheTrashAndStored(Engine engine, @TempDir Path folder) {
    try (Copy copy = Copy.make(engine, folder)) {
      UUID id = copy.insert(1).getFirst();
      copy.write(changes -> changes.files().add(List.of(file(MAIN, id, null, "f"))));
      copy.demo.commit(
          "INSERT INTO dataset_location_trash (datastore_name, dataset_id) SELECT datastore_name,"
              + " dataset_id FROM dataset_location WHERE dataset_id = '%s'"
                  .formatted(engine == Engine.SQLITE ? id.toString().replace("-", "") : id));
      assertThat(copy.trash(ALL, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void remembersOnlySoMuch(Engine engine, @TempDir Path folder) throws Exception {
    try (Copy copy = Copy.make(engine, folder)) {
      int count = TrashRows.MAX_REMEMBERED + 1;
      List<UUID> ids = copy.insert(count);
      copy.write(
          changes ->
              changes.files().add(ids.stream().map(id -> file(MAIN, id, null, "p" + id)).toList()));
      Part part =
          copy.registry.write(
              changes -> {
                changes.files().trash().add(ids);
                return changes.trashed();
              });
      assertThat(part).isEqualTo(ALL);
      assertThat(copy.count("dataset_location_trash")).isEqualTo(count);
    }
  }
}
