package equerry.datastore.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.datastore.zip.ZipIndex;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a zip file that the stock package made (`src/test/oracle/make_zip.py`).
class ZipTest {
  private static final String NAME = "06559c5f-d457-5c1a-bdc2-cf5f27591bc9.zip";
  private static final String FIRST = "01a20d93-bydetector_Cam1_Aa_u_zip.yaml";

  @TempDir Path folder;
  private Path root = Path.of("");
  private String stock = "";

  @BeforeEach
  void prepare() throws IOException, URISyntaxException {
    root = Files.createDirectories(folder.resolve("repo"));
    stock =
        Path.of(
                Objects.requireNonNull(ZipTest.class.getResource("/equerry/datastore/stock.zip"))
                    .toURI())
            .toString();
  }

  private StoreWriter writer() {
    return Stores.writer(Map.of("name", "s", "root", root.toString()));
  }

  private static JsonNode indexOf(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in =
            file.getInputStream(Objects.requireNonNull(file.getEntry(ZipIndex.NAME)))) {
      return JsonMapper.shared().readTree(in);
    }
  }

  private List<DatasetFiles> ingest(StoreWriter writer) {
    ZipIndex index = writer.readZipIndex(stock);
    try (Staged staged = writer.stageZip(stock, index, TransferMode.COPY)) {
      staged.place(Set.of());
      staged.finish();
      List<DatasetFiles> datasets = new ArrayList<>();
      for (DatasetRef ref : index.refs()) {
        datasets.add(
            new DatasetFiles(
                ref,
                staged.records().stream()
                    .filter(file -> file.record().datasetId().equals(ref.id()))
                    .toList()));
      }
      return datasets;
    }
  }

  @Test
  void readsTheIndexWithItsRecords() {
    try (StoreWriter writer = writer()) {
      ZipIndex index = writer.readZipIndex(stock);

      assertThat(index.fileName()).isEqualTo(NAME);
      assertThat(index.refs())
          .extracting(ref -> ref.type().name())
          .containsExactly("bydetector", "bytract");
      assertThat(index.refs()).allSatisfy(ref -> assertThat(ref.records()).isNotNull());
      assertThat(Objects.requireNonNull(index.refs().getLast().records()).getLast().value("region"))
          .isInstanceOf(byte[].class);
      assertThat(index.members()).containsKey(FIRST);
    }
  }

  @Test
  void isStoredUnderTheNameOfItsMembers() {
    try (StoreWriter writer = writer()) {
      List<DatasetFiles> datasets = ingest(writer);

      String path = "zips/" + NAME.substring(0, 4) + "/" + NAME;
      assertThat(root.resolve(path)).exists();
      assertThat(datasets.getFirst().files())
          .singleElement()
          .extracting(StoredFile::record)
          .satisfies(
              record -> {
                assertThat(record.path()).isEqualTo(path + "#zip-path=" + FIRST);
                assertThat(record.sizeBytes()).isEqualTo(17);
                assertThat(record.formatter()).endsWith("YamlFormatter");
              });
    }
  }

  @Test
  void isRecordedWhereItLies() throws IOException {
    Path inside = Files.copy(Path.of(stock), root.resolve("mine.zip"));
    try (StoreWriter writer = writer()) {
      ZipIndex index = writer.readZipIndex(inside.toString());
      assertThat(pathOf(writer, inside.toString(), index, TransferMode.AUTO))
          .isEqualTo("mine.zip#zip-path=" + FIRST);
      assertThat(pathOf(writer, stock, index, TransferMode.DIRECT))
          .isEqualTo("file://" + stock + "#zip-path=" + FIRST);
    }
  }

  private static String pathOf(StoreWriter writer, String zip, ZipIndex index, TransferMode mode) {
    try (Staged staged = writer.stageZip(zip, index, mode)) {
      assertThat(staged.targets()).isEmpty();
      return staged.records().getFirst().record().path();
    }
  }

  @Test
  void itsMembersAreRetrieved() throws IOException {
    try (StoreWriter writer = writer();
        Retriever retriever = new Retriever(Map.of())) {
      Path out = folder.resolve("out");
      List<DatasetFiles> first = ingest(writer).subList(0, 1);
      List<RetrievedFile> files =
          retriever.retrieve(
              Stores.refs(first),
              Stores.source(writer, first),
              out,
              new RetrieveOptions(
                  TransferMode.AUTO, RetrieveOptions.Layout.NAMES, RetrieveOptions.Present.REFUSE));

      assertThat(files).extracting(RetrievedFile::file).containsExactly(out.resolve(FIRST));
      assertThat(out.resolve(FIRST)).hasContent("name: bydetector\n");
      assertThat(PutTest.filesBelow(out)).containsExactly(FIRST, ZipIndex.NAME);
    }
  }

  @Test
  void aZipFileOfAZipFileIsTheSame() throws IOException {
    try (StoreWriter writer = writer();
        Retriever retriever = new Retriever(Map.of())) {
      List<DatasetFiles> all = ingest(writer);
      Path made =
          retriever.zip(
              Stores.refs(all),
              Stores.source(writer, all),
              folder.resolve("made"),
              RetrieveOptions.Present.REFUSE);

      assertThat(made.getFileName()).hasToString(NAME);
      assertThat(indexOf(made)).isEqualTo(indexOf(Path.of(stock)));
      assertThat(writer.readZipIndex(made.toString())).isEqualTo(writer.readZipIndex(stock));
      assertThat(PutTest.filesBelow(folder.resolve("made"))).containsExactly(NAME);
    }
  }

  @Test
  void aZipFileOfPlainFilesCanBeReadAgain() throws IOException {
    try (StoreWriter writer = writer();
        Retriever retriever = new Retriever(Map.of())) {
      DatasetRef ref = Stores.fresh("filterthing");
      DatasetFiles files;
      try (Staged staged = writer.stagePut(List.of(new PutRequest(ref, Stores.whole("a: 1"))))) {
        staged.place(Set.of());
        staged.finish();
        files = new DatasetFiles(ref, staged.records());
      }
      Path made =
          retriever.zip(
              List.of(ref),
              Stores.source(writer, List.of(files)),
              folder,
              RetrieveOptions.Present.OVERWRITE);
      ZipIndex index = writer.readZipIndex(made.toString());

      assertThat(index.fileName()).isEqualTo(made.getFileName().toString());
      assertThat(index.members())
          .containsOnlyKeys(
              ref.id().toString().substring(0, 8) + "-filterthing_Cam1_g_Cam1-G_u_me_run1.yaml");
      assertThat(index.refs()).singleElement().isEqualTo(ref);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"index_version\":\"V2\"}",
        "{\"index_version\":\"V1\",\"refs\":{\"container_version\":\"V1\","
            + "\"universe_namespace\":\"daf_butler\",\"dataset_types\":{},\"compact_refs\":{}},"
            + "\"artifact_map\":{\"x\":{\"info\":{},\"ids\":[]}}}",
        "{\"index_version\":\"V1\",\"refs\":{\"container_version\":\"V1\","
            + "\"universe_namespace\":\"other\",\"dataset_types\":{},\"compact_refs\":"
            + "{\"01a20d93-ef8d-777a-b768-ec8ddf445d81\":{}}},\"artifact_map\":{}}"
      })
  void aBrokenIndexIsRefused(String index) throws IOException {
    Path zip = folder.resolve("bad.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(ZipIndex.NAME));
      out.write(index.getBytes(StandardCharsets.UTF_8));
    }
    refused(zip.toString());
  }

  @Test
  void aZipFileWithoutWhatItsIndexNamesIsRefused() throws IOException {
    Path zip = folder.resolve("bad.zip");
    try (ZipFile source = new ZipFile(stock);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(ZipIndex.NAME));
      out.write(
          source
              .getInputStream(Objects.requireNonNull(source.getEntry(ZipIndex.NAME)))
              .readAllBytes());
    }
    refused(zip.toString());
    refused(Files.writeString(folder.resolve("no.zip"), "text").toString());
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(() -> writer.readZipIndex(folder.resolve("gone.zip").toString()))
          .isInstanceOf(ButlerException.NotFound.class);
    }
  }

  private void refused(String zip) {
    try (StoreWriter writer = writer()) {
      assertThatThrownBy(() -> writer.readZipIndex(zip))
          .isInstanceOfSatisfying(
              ButlerException.Invalid.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ZIP_INDEX))
          .hasMessageContaining("Nothing is changed");
    }
  }
}
