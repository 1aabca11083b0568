package equerry.datastore.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileDataset;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected outcomes are those of the stock package, for each transfer mode.
class IngestTest {
  private static final String TARGET =
      "u/me/run1/filterthing/g/Cam1-G/filterthing_Cam1_g_Cam1-G_u_me_run1.yaml";

  @TempDir Path folder;
  private Path root = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectories(folder.resolve("repo"));
    source = Files.writeString(folder.resolve("src.yaml"), "a: 1\n");
  }

  private StoreWriter writer() {
    return Stores.writer(Map.of("name", "s", "root", root.toString()));
  }

  private StoredFile ingest(String path, TransferMode mode) {
    try (StoreWriter writer = writer();
        Staged staged =
            writer.stageIngest(
                List.of(new FileDataset(path, List.of(Stores.fresh("filterthing")), null)),
                mode,
                Validation.RECORDED)) {
      staged.place(Set.of());
      staged.finish();
      return staged.records().getFirst();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COPY,false,1,true",
    "MOVE,false,1,false",
    "LINK,false,2,true",
    "HARDLINK,false,2,true",
    "SYMLINK,true,1,true",
    "RELSYMLINK,true,1,true",
    "AUTO,false,2,true"
  })
  void aFileFromOutsideGetsTheNameOfTheTemplate(
      TransferMode mode, boolean isLink, int links, boolean sourceStays) throws IOException {
    FileRecord record = ingest(source.toString(), mode).record();

    Path target = root.resolve(TARGET);
    assertThat(record.path()).isEqualTo(TARGET);
    assertThat(record.sizeBytes()).isEqualTo(5);
    assertThat(target).hasContent("a: 1\n");
    assertThat(Files.isSymbolicLink(target)).isEqualTo(isLink);
    assertThat(Files.getAttribute(target, "unix:nlink", LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(links);
    assertThat(Files.exists(source)).isEqualTo(sourceStays);
    if (isLink) {
      Path linked = Files.readSymbolicLink(target);
      assertThat(linked.isAbsolute()).isEqualTo(mode == TransferMode.SYMLINK);
    }
  }

  @ParameterizedTest
  @CsvSource({"DIRECT", "SPLIT"})
  void aFileFromOutsideIsRecordedWhereItLies(TransferMode mode) throws IOException {
    FileRecord record = ingest(source.toString(), mode).record();

    assertThat(record.path()).isEqualTo("file://" + source);
    assertThat(record.sizeBytes()).isEqualTo(5);
    assertThat(PutTest.filesBelow(root)).isEmpty();
  }

  @Test
  void directPathsAreEncodedAsUris() throws IOException {
    Path odd = Files.writeString(folder.resolve("a b#é.yaml"), "a");

    assertThat(ingest(odd.toString(), TransferMode.DIRECT).record().path())
        .isEqualTo("file://" + folder + "/a%20b%23%C3%A9.yaml");
  }

  @ParameterizedTest
  @CsvSource({"IN_PLACE", "AUTO", "SPLIT"})
  void aFileWithinIsRecordedWhereItLies(TransferMode mode) throws IOException {
    Path inside = Files.createDirectories(root.resolve("inside")).resolve("x.yaml");
    Files.writeString(inside, "12345");

    assertThat(ingest(inside.toString(), mode).record())
        .extracting(FileRecord::path, FileRecord::sizeBytes)
        .containsExactly("inside/x.yaml", 5L);
    assertThat(ingest("inside/x.yaml", mode).record().path()).isEqualTo("inside/x.yaml");
    assertThat(inside).exists();
  }

  @Test
  void aRootBehindALinkIsTheSameRoot() throws IOException {
    Path inside = Files.writeString(root.resolve("x.yaml"), "12345");
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);

    assertThat(
            ingest(link.resolve(inside.getFileName()).toString(), TransferMode.IN_PLACE)
                .record()
                .path())
        .isEqualTo("x.yaml");
  }

  @Test
  void inPlaceIsForFilesWithinOnly() {
    assertThatThrownBy(() -> ingest(source.toString(), TransferMode.IN_PLACE))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("does not lie in datastore 's'");
  }

  @Test
  void someWithinAndSomeOutsideAreSplit() throws IOException {
    Files.writeString(root.resolve("x.yaml"), "1");
    try (StoreWriter writer = writer();
        Staged staged =
            writer.stageIngest(
                List.of(
                    new FileDataset(source.toString(), List.of(Stores.fresh("filterthing")), null),
                    new FileDataset("x.yaml", List.of(Stores.fresh("config")), Stores.JSON)),
                TransferMode.AUTO,
                Validation.RECORDED)) {
      assertThat(staged.targets()).isEmpty();
      assertThat(staged.records())
          .extracting(f -> f.record().path())
          .containsExactly("file://" + source, "x.yaml");
    }
  }

  @Test
  void severalDatasetsShareOneFile() {
    List<DatasetRef> refs = List.of(Stores.fresh("filterthing"), Stores.inRun("filterthing", "r2"));
    try (StoreWriter writer = writer();
        Staged staged =
            writer.stageIngest(
                List.of(new FileDataset(source.toString(), refs, null)),
                TransferMode.COPY,
                Validation.RECORDED)) {
      assertThat(staged.records()).hasSize(2);
      assertThat(staged.records()).allSatisfy(f -> assertThat(f.record().path()).isEqualTo(TARGET));
      assertThat(staged.targets()).hasSize(1);
    }
  }

  @Test
  void moveKeepsTheSourceUntilTheEnd() throws IOException {
    try (StoreWriter writer = writer()) {
      FileDataset file =
          new FileDataset(source.toString(), List.of(Stores.fresh("filterthing")), null);
      try (Staged staged =
          writer.stageIngest(List.of(file), TransferMode.MOVE, Validation.RECORDED)) {
        staged.place(Set.of());
        assertThat(source).exists();
      }
      assertThat(source).hasContent("a: 1\n");
      assertThat(PutTest.filesBelow(root)).isEmpty();
    }
  }

  @Test
  void movingAFileOntoItselfKeepsIt() throws IOException {
    Path there = root.resolve(TARGET);
    Files.createDirectories(there.getParent());
    Files.writeString(there, "keep");

    assertThat(ingest(there.toString(), TransferMode.MOVE).record().path()).isEqualTo(TARGET);
    assertThat(there).hasContent("keep");
  }

  @Test
  void linkingAgainReplacesALeftOver() throws IOException {
    ingest(source.toString(), TransferMode.HARDLINK);
    ingest(source.toString(), TransferMode.HARDLINK);
    assertThat(PutTest.filesBelow(root)).containsExactly(TARGET);

    Path other = Files.writeString(folder.resolve("other.yaml"), "other");
    ingest(other.toString(), TransferMode.COPY);
    assertThat(root.resolve(TARGET)).hasContent("other");
  }

  @Test
  void withoutValidationTheFileIsNotLookedAt() {
    try (StoreWriter writer = writer();
        Staged staged =
            writer.stageIngest(
                List.of(
                    new FileDataset("nowhere.yaml", List.of(Stores.fresh("filterthing")), null)),
                TransferMode.IN_PLACE,
                Validation.SKIPPED)) {
      assertThat(staged.records().getFirst().record().sizeBytes()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({"COPY", "MOVE", "SYMLINK", "HARDLINK", "AUTO", "DIRECT", "IN_PLACE"})
  void aMissingFileIsNamed(TransferMode mode) {
    String path =
        mode == TransferMode.IN_PLACE ? "gone.yaml" : folder.resolve("gone.yaml").toString();
    assertThatThrownBy(() -> ingest(path, mode))
        .isInstanceOfSatisfying(
            ButlerException.NotFound.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
        .hasMessageContaining("'gone.yaml'")
        .hasMessageContaining("nothing is changed");
  }

  @Test
  void aFormatterThatDoesNotReadTheFileIsRefused() {
    FileDataset file =
        new FileDataset(source.toString(), List.of(Stores.fresh("filterthing")), Stores.JSON);
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(
              () -> writer.stageIngest(List.of(file), TransferMode.COPY, Validation.RECORDED))
          .hasMessageContaining("reads files that end in .json");
    }
  }

  @Test
  void aFileInPlaceWhosePathReadersWouldMisreadIsRefused() throws IOException {
    Files.writeString(root.resolve("a#b.yaml"), "1");
    assertThatThrownBy(() -> ingest("a#b.yaml", TransferMode.IN_PLACE))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("a '#' or '%' in its path");
  }

  @Test
  void rejectedDatasetsAreLeftOut() {
    try (StoreWriter writer =
            Stores.writer(
                Map.of(
                    "root", root.toString(), "constraints", Map.of("reject", List.of("config"))));
        Staged staged =
            writer.stageIngest(
                List.of(
                    new FileDataset(
                        source.toString(),
                        List.of(Stores.fresh("config"), Stores.fresh("filterthing")),
                        null)),
                TransferMode.COPY,
                Validation.RECORDED)) {
      assertThat(staged.records()).hasSize(1);
      assertThat(staged.records().getFirst().record().path()).isEqualTo(TARGET);
    }
  }

  private Map<String, Object> chain(Path second) {
    return Map.of(
        "cls",
        "lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore",
        "datastores",
        List.of(
            Map.of("name", "a", "root", root.toString()),
            Map.of("name", "b", "root", second.toString())));
  }

  @Test
  void aChainMovesAFileToEachStore(@TempDir Path second) throws IOException {
    FileDataset file =
        new FileDataset(source.toString(), List.of(Stores.fresh("filterthing")), null);
    try (StoreWriter writer = Stores.writer(chain(second));
        Staged staged = writer.stageIngest(List.of(file), TransferMode.MOVE, Validation.RECORDED)) {
      staged.place(Set.of());
      staged.finish();
    }
    assertThat(PutTest.filesBelow(root)).containsExactly(TARGET);
    assertThat(PutTest.filesBelow(second)).containsExactly(TARGET);
    assertThat(source).doesNotExist();
  }

  @Test
  void aChainRecordsAFileInTheStoreItLiesIn(@TempDir Path second) throws IOException {
    Path inside = Files.writeString(second.resolve("x.yaml"), "1");
    FileDataset file =
        new FileDataset(inside.toString(), List.of(Stores.fresh("filterthing")), null);
    try (StoreWriter writer = Stores.writer(chain(second));
        Staged staged =
            writer.stageIngest(List.of(file), TransferMode.IN_PLACE, Validation.RECORDED)) {
      assertThat(staged.records())
          .singleElement()
          .extracting(StoredFile::datastore, f -> f.record().path())
          .containsExactly("b", "x.yaml");
    }
  }
}
