package equerry.datastore.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutTest {
  private static final String YAML = "lsst.daf.butler.formatters.yaml.YamlFormatter";
  @TempDir Path root;

  private StoreWriter writer() {
    return Stores.writer(Map.of("name", "s", "root", root.toString()));
  }

  static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileIsNotVisibleBeforeItIsPlaced() throws IOException {
    DatasetRef ref = Stores.fresh("filterthing");
    String path = "u/me/run1/filterthing/g/Cam1-G/filterthing_Cam1_g_Cam1-G_u_me_run1.yaml";
    try (StoreWriter writer = writer();
        Staged staged = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("a: 1"))))) {
      assertThat(staged.records())
          .containsExactly(
              new StoredFile(
                  "s", new FileRecord(ref.id(), null, path, YAML, "StructuredDataDict", null, 4)));
      assertThat(staged.targets()).containsExactly(new ArtifactPath("s", path));
      assertThat(filesBelow(root)).singleElement().asString().endsWith(".part");

      staged.place(Set.of());
      assertThat(root.resolve(path)).hasContent("a: 1");
      staged.finish();
    }
    assertThat(filesBelow(root)).containsExactly(path);
  }

  @Test
  void closingUndoesWhatWasStagedOrPlaced() throws IOException {
    PutRequest request = new PutRequest(Stores.fresh("filterthing"), Stores.whole("a"));
    try (StoreWriter writer = writer()) {
      writer.stagePut(List.of(request)).close();
      assertThat(filesBelow(root)).isEmpty();

      try (Staged staged = writer.stagePut(List.of(request))) {
        staged.place(Set.of());
      }
      assertThat(filesBelow(root)).isEmpty();
    }
  }

  @Test
  void anUnknownOutcomeLeavesPlacedFiles() throws IOException {
    PutRequest request = new PutRequest(Stores.fresh("filterthing"), Stores.whole("a"));
    try (StoreWriter writer = writer();
        Staged staged = writer.stagePut(List.of(request))) {
      staged.place(Set.of());
      staged.leave();
    }
    assertThat(filesBelow(root)).hasSize(1);
  }

  @Test
  void aTargetOfAnotherDatasetIsNeverTouched() throws IOException {
    DatasetRef ref = Stores.fresh("filterthing");
    try (StoreWriter writer = writer()) {
      try (Staged first = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("first"))))) {
        first.place(Set.of());
        first.finish();
      }
      PutRequest other = new PutRequest(Stores.fresh("filterthing"), Stores.whole("other"));
      try (Staged second = writer.stagePut(List.of(other))) {
        assertThatThrownBy(() -> second.place(second.targets()))
            .isInstanceOfSatisfying(
                ButlerException.Conflict.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
            .hasMessageContaining("belongs to another dataset");
      }
    }
    assertThat(filesBelow(root))
        .singleElement()
        .satisfies(file -> assertThat(root.resolve(file)).hasContent("first"));
  }

  @Test
  void aFileWithoutRecordIsOverwritten() {
    DatasetRef ref = Stores.fresh("filterthing");
    try (StoreWriter writer = writer()) {
      try (Staged first = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("left"))))) {
        first.place(Set.of());
        first.leave();
      }
      try (Staged second = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("new"))))) {
        second.place(Set.of());
        second.finish();
        assertThat(root.resolve(second.records().getFirst().record().path())).hasContent("new");
      }
    }
  }

  @Test
  void undoKeepsAFileThatSomeoneElsePutInItsPlace() throws IOException {
    DatasetRef ref = Stores.fresh("filterthing");
    try (StoreWriter writer = writer();
        Staged staged = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("mine"))))) {
      staged.place(Set.of());
      Path target = root.resolve(staged.records().getFirst().record().path());
      Path theirs = Files.writeString(root.resolve("theirs"), "theirs");
      Files.move(theirs, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      staged.undo();
      assertThat(target).hasContent("theirs");
    }
  }

  @Test
  void aCompositeIsStoredInParts() {
    DatasetRef ref = Stores.fresh("calexp");
    Content parts =
        new Content.Parts(
            Map.of(
                "wcs", new Source.Bytes(new byte[10]), "summary", new Source.Bytes(new byte[20])));
    try (StoreWriter writer = writer();
        Staged staged = writer.stagePut(List.of(new PutRequest(ref, parts)))) {
      assertThat(staged.records())
          .extracting(
              f -> f.record().component(), f -> f.record().storageClass(), f -> f.record().path())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "summary",
                  "ExposureSummaryStats",
                  "u/me/run1/calexp.summary/20210909/g/Cam1-G/1/"
                      + "calexp_summary_Cam1_g_Cam1-G_1_A_a_u_me_run1.yaml"),
              org.assertj.core.groups.Tuple.tuple(
                  "wcs",
                  "Wcs",
                  "u/me/run1/calexp.wcs/20210909/g/Cam1-G/1/"
                      + "calexp_wcs_Cam1_g_Cam1-G_1_A_a_u_me_run1.fits"));
    }
    Content unknown = new Content.Parts(Map.of("nope", new Source.Bytes(new byte[1])));
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(() -> writer.stagePut(List.of(new PutRequest(ref, unknown))))
          .isInstanceOfSatisfying(
              ButlerException.Invalid.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COMPONENT));
    }
  }

  @Test
  void checksumsAreThoseOfTheStockPackage() {
    // hashlib.blake2b(b"abc").hexdigest()
    String expected =
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";
    try (StoreWriter writer =
            Stores.writer(Map.of("name", "s", "root", root.toString(), "checksum", true));
        Staged staged =
            writer.stagePut(
                List.of(new PutRequest(Stores.fresh("filterthing"), Stores.whole("abc"))))) {
      assertThat(staged.records().getFirst().record().checksum()).isEqualTo(expected);
    }
  }

  @Test
  void aChainStoresInEachStoreThatAccepts(@TempDir Path second) throws IOException {
    Map<String, Object> section =
        Map.of(
            "cls",
            "lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore",
            "datastores",
            List.of(
                Map.of("cls", "lsst.daf.butler.datastores.inMemoryDatastore.InMemoryDatastore"),
                Map.of("name", "a", "root", root.toString()),
                Map.of(
                    "name",
                    "b",
                    "root",
                    second.toString(),
                    "constraints",
                    Map.of("reject", List.of("config")))),
            "datastore_constraints",
            List.of(
                Map.of(), Map.of("constraints", Map.of("reject", List.of("packages"))), Map.of()));
    try (StoreWriter writer = Stores.writer(section)) {
      assertThat(storesOf(writer, "filterthing")).containsExactly("a", "b");
      assertThat(storesOf(writer, "config")).containsExactly("a");
      assertThat(storesOf(writer, "packages")).containsExactly("b");
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  private static List<String> storesOf(StoreWriter writer, String type) {
    PutRequest request = new PutRequest(Stores.fresh(type), Stores.whole("x"));
    try (Staged staged = writer.stagePut(List.of(request))) {
      return staged.records().stream().map(StoredFile::datastore).toList();
    }
  }

  @Test
  void whatNoStoreAcceptsIsRefused() {
    try (StoreWriter writer =
        Stores.writer(
            Map.of(
                "root",
                root.toString(),
                "constraints",
                Map.of("reject", List.of("filterthing"))))) {
      PutRequest request = new PutRequest(Stores.fresh("filterthing"), Stores.whole("x"));
      assertThatThrownBy(() -> writer.stagePut(List.of(request)))
          .isInstanceOfSatisfying(
              ButlerException.Invalid.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_REJECTED));
    }
  }

  @Test
  void aFailureInABatchLeavesNothing() throws IOException {
    PutRequest good = new PutRequest(Stores.fresh("filterthing"), Stores.whole("x"));
    PutRequest missing =
        new PutRequest(
            Stores.fresh("plot"), new Content.Whole(new Source.LocalFile(root.resolve("no.png"))));
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(() -> writer.stagePut(List.of(good, missing)))
          .isInstanceOfSatisfying(
              ButlerException.NotFound.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING));
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void aPlacementThatFailsHalfwayIsTakenBack() throws IOException {
    List<PutRequest> requests =
        List.of(
            new PutRequest(Stores.fresh("filterthing"), Stores.whole("x")),
            new PutRequest(Stores.fresh("config"), Stores.whole("y")));
    try (StoreWriter writer = writer();
        Staged staged = writer.stagePut(requests)) {
      Path obstacle = root.resolve(staged.records().get(1).record().path());
      Files.createDirectories(obstacle.resolve("occupied"));
      assertThatThrownBy(() -> staged.place(Set.of())).isInstanceOf(ButlerException.class);
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void datasetsThatWouldShareAFileAreRefused() throws IOException {
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(
              () ->
                  writer.stagePut(
                      List.of(
                          new PutRequest(Stores.inRun("config", "a b"), Stores.whole("x")),
                          new PutRequest(Stores.inRun("config", "a_b"), Stores.whole("y")))))
          .isInstanceOf(ButlerException.Conflict.class);
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void filesKeepAnEndThatTheirFormatterReads() throws IOException {
    Path zipped = Files.writeString(root.resolve("x.fits.gz"), "z");
    Path odd = Files.writeString(root.resolve("x.tmp"), "z");
    try (StoreWriter writer = writer()) {
      assertThat(pathOf(writer, zipped)).endsWith(".fits.gz");
      assertThat(pathOf(writer, odd)).endsWith(".fits");
    }
  }

  private static String pathOf(StoreWriter writer, Path file) {
    PutRequest request =
        new PutRequest(Stores.fresh("bias"), new Content.Whole(new Source.LocalFile(file)));
    try (Staged staged = writer.stagePut(List.of(request))) {
      return staged.records().getFirst().record().path();
    }
  }

  @Test
  void aRunNameThatReadersWouldMisreadIsRefused() {
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(
              () ->
                  writer.stagePut(
                      List.of(new PutRequest(Stores.inRun("config", "a#b"), Stores.whole("x")))))
          .isInstanceOfSatisfying(
              ButlerException.Invalid.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_TEMPLATE));
    }
  }

  @Test
  void longNamesAreStagedToo() {
    String run = "r".repeat(200);
    try (StoreWriter writer = writer();
        Staged staged =
            writer.stagePut(
                List.of(new PutRequest(Stores.inRun("config", run), Stores.whole("x"))))) {
      staged.place(Set.of());
      staged.finish();
      assertThat(root.resolve(staged.records().getFirst().record().path()))
          .hasBinaryContent("x".getBytes(StandardCharsets.UTF_8));
    }
  }
}
