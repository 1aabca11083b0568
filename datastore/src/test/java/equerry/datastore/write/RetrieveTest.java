package equerry.datastore.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.datastore.write.RetrieveOptions.Layout;
import equerry.datastore.write.RetrieveOptions.Present;
import equerry.datastore.zip.ZipIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetrieveTest {
  @TempDir Path folder;
  private Path root = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    root = folder.resolve("repo");
    Files.createDirectories(root.resolve("a b"));
    out = folder.resolve("out");
    Files.writeString(root.resolve("a b/x.yaml"), "x");
  }

  private StoreWriter writer() {
    return Stores.writer(Map.of("name", "s", "root", root.toString()));
  }

  private static DatasetFiles dataset(String type, String... paths) {
    DatasetRef ref = Stores.fresh(type);
    return new DatasetFiles(
        ref,
        List.of(paths).stream()
            .map(
                path ->
                    new StoredFile(
                        "s", new FileRecord(ref.id(), null, path, "f.F", "Dict", null, 1)))
            .toList());
  }

  private List<String> retrieve(List<DatasetFiles> datasets, Layout layout, Present present)
      throws IOException {
    retrieve(datasets, new RetrieveOptions(TransferMode.COPY, layout, present));
    return PutTest.filesBelow(out).stream().filter(name -> !name.equals(ZipIndex.NAME)).toList();
  }

  private List<RetrievedFile> retrieve(List<DatasetFiles> datasets, RetrieveOptions options) {
    try (StoreWriter writer = writer();
        Retriever retriever = new Retriever(Map.of())) {
      return retriever.retrieve(
          Stores.refs(datasets), Stores.source(writer, datasets), out, options);
    }
  }

  @Test
  void filesKeepTheirPathsOrTheirNames() throws IOException {
    DatasetFiles dataset = dataset("config", "a b/x.yaml");
    assertThat(retrieve(List.of(dataset), Layout.PATHS, Present.REFUSE))
        .containsExactly("a b/x.yaml");
    assertThat(retrieve(List.of(dataset), Layout.NAMES, Present.REFUSE)).contains("x.yaml");
    assertThat(retrieve(List.of(dataset), Layout.PREFIXED_NAMES, Present.REFUSE))
        .contains(dataset.ref().id().toString().substring(0, 8) + "-x.yaml");
  }

  @Test
  void filesFromOutsideKeepTheirWholePath() throws IOException {
    Path outside = Files.writeString(folder.resolve("o.yaml"), "o");

    assertThat(
            retrieve(List.of(dataset("config", "file://" + outside)), Layout.PATHS, Present.REFUSE))
        .containsExactly(outside.toString().substring(1));
  }

  @Test
  void filesThatAreThereAreOverwrittenOnRequestOnly() throws IOException {
    List<DatasetFiles> datasets = List.of(dataset("config", "a b/x.yaml"));
    Files.createDirectories(out);
    Files.writeString(out.resolve("x.yaml"), "mine");

    assertThatThrownBy(() -> retrieve(datasets, Layout.NAMES, Present.REFUSE))
        .isInstanceOf(ButlerException.Conflict.class);
    assertThat(out.resolve("x.yaml")).hasContent("mine");
    retrieve(datasets, Layout.NAMES, Present.OVERWRITE);
    assertThat(out.resolve("x.yaml")).hasContent("x");
  }

  @Test
  void datasetsInOneFileGetItOnce() throws IOException {
    DatasetFiles one = dataset("config", "a b/x.yaml");
    DatasetFiles two = dataset("packages", "a b/x.yaml");
    List<RetrievedFile> files =
        retrieve(
            List.of(one, two),
            new RetrieveOptions(TransferMode.AUTO, Layout.PATHS, Present.REFUSE));
    assertThat(files)
        .singleElement()
        .satisfies(f -> assertThat(f.datasetIds()).containsExactly(one.ref().id(), two.ref().id()));
    assertThat(Files.isSameFile(files.getFirst().file(), root.resolve("a b/x.yaml"))).isTrue();
  }

  @Test
  void filesOfOneNameAreRefused() throws IOException {
    Files.writeString(root.resolve("x.yaml"), "other");

    assertThatThrownBy(
            () ->
                retrieve(
                    List.of(dataset("config", "a b/x.yaml"), dataset("packages", "x.yaml")),
                    Layout.NAMES,
                    Present.REFUSE))
        .isInstanceOf(ButlerException.Conflict.class)
        .hasMessageContaining("'x.yaml'");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"LINK,false", "HARDLINK,false", "SYMLINK,true", "RELSYMLINK,true", "COPY,false"})
  void filesAreLinkedOnRequest(TransferMode mode, boolean isSymbolic) {
    Path file =
        retrieve(
                List.of(dataset("config", "a b/x.yaml")),
                new RetrieveOptions(mode, Layout.NAMES, Present.REFUSE))
            .getFirst()
            .file();
    assertThat(Files.isSymbolicLink(file)).isEqualTo(isSymbolic);
    assertThat(file).hasContent("x");
  }

  @ParameterizedTest
  @EnumSource(names = {"MOVE", "DIRECT", "SPLIT", "IN_PLACE"})
  void modesThatBringNothingAreRefused(TransferMode mode) {
    assertThatThrownBy(() -> new RetrieveOptions(mode, Layout.NAMES, Present.REFUSE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingFilesAreNamed() {
    assertThatThrownBy(
            () -> retrieve(List.of(dataset("config", "gone.yaml")), Layout.NAMES, Present.REFUSE))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("'gone.yaml'");
    assertThatThrownBy(() -> retrieve(List.of(dataset("config")), Layout.NAMES, Present.REFUSE))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("has no file");
  }
}
