package equerry.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatastoreSectionTest {
  private static final String FILE = "lsst.daf.butler.datastores.fileDatastore.FileDatastore";
  private static final String CHAINED =
      "lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore";
  private static final String MEMORY =
      "lsst.daf.butler.datastores.inMemoryDatastore.InMemoryDatastore";

  private static Datastores read(Map<String, ?> section, String root) {
    return DatastoreSection.read(section, root, Map.of("PLACE", "/mnt/a", "HOME", "/home/me"));
  }

  private static FileStore only(Map<String, ?> section, String root) {
    return assertThat(read(section, root).files()).singleElement().actual();
  }

  @Test
  void readsTheSectionThatMakeRepoWrites() {
    FileStore store =
        only(
            Map.of(
                "cls",
                FILE,
                "records",
                Map.of("table", "file_datastore_records"),
                "root",
                "<butlerRoot>"),
            "file:///data/my%20repo/");

    assertThat(store.name()).isEqualTo("FileDatastore@<butlerRoot>");
    assertThat(store.recordsTable()).isEqualTo("file_datastore_records");
    assertThat(store.root()).hasToString("file:///data/my%20repo/");
    assertThat(store.localRoot()).contains(Path.of("/data/my repo"));
  }

  @Test
  void anEmptySectionHasTheDefaultsOfTheStockPackage() {
    FileStore store = only(Map.of(), "s3://prof@bucket/repo");

    assertThat(store.name()).isEqualTo("FileDatastore@<butlerRoot>/datastore");
    assertThat(store.recordsTable()).isEqualTo("file_datastore_records");
    assertThat(store.root()).hasToString("s3://prof@bucket/repo/datastore/");
    assertThat(store.localRoot()).isEmpty();
  }

  @Test
  void aChainKeepsTheOrderOfItsChildrenAndOfTheirChildren() {
    Map<String, ?> section =
        Map.of(
            "cls",
            CHAINED,
            "datastores",
            List.of(
                Map.of("cls", MEMORY),
                Map.of("cls", FILE, "root", "<butlerRoot>/FileDatastore_1"),
                Map.of(
                    "datastore",
                    Map.of(
                        "cls",
                        CHAINED,
                        "datastores",
                        List.of(
                            Map.of(
                                "name",
                                "deep",
                                "root",
                                "https://h/d",
                                "records",
                                Map.of("table", "t2"))))),
                Map.of("root", "/last")));

    Datastores stores = read(section, "/repo");

    assertThat(stores.files())
        .extracting(FileStore::name)
        .containsExactly(
            "FileDatastore@<butlerRoot>/FileDatastore_1", "deep", "FileDatastore@/last");
    assertThat(stores.files().get(0).root()).hasToString("file:///repo/FileDatastore_1/");
    assertThat(stores.files().get(1).recordsTable()).isEqualTo("t2");
  }

  @Test
  void inMemoryDatastoresHaveNoFiles() {
    assertThat(read(Map.of("cls", MEMORY), "/repo").files()).isEmpty();
  }

  @Test
  void variablesAndHomeAreExpandedInLocalRootsOnly() {
    assertThat(only(Map.of("root", "$PLACE/${PLACE}/$NONE"), "/r").root())
        .hasToString("file:///mnt/a/mnt/a/%24NONE/");
    assertThat(only(Map.of("root", "~/d"), "/r").root()).hasToString("file:///home/me/d/");
    assertThat(only(Map.of("root", "s3://b/$PLACE"), "/r").root()).hasToString("s3://b/$PLACE/");
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("root", null);
    Map<String, ?> section =
        Map.of(
            "cls",
            CHAINED,
            "datastores",
            List.of(
                Map.of("cls", "lsst.daf.butler.datastores.posixDatastore.PosixDatastore"),
                Map.of("root", "ftp://host/d"),
                Map.of("root", "s3:///nobucket"),
                Map.of("records", "table"),
                Map.of("records", Map.of("table", 7)),
                Map.of("root", "https://h/d?x=1"),
                nothing,
                "text",
                Map.of("cls", CHAINED),
                Map.of("root", "/a\0b")));

    assertThatThrownBy(() -> read(section, "/repo"))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .message()
        .contains(
            "datastore.datastores[0].cls is 'lsst.daf.butler.datastores.posixDatastore",
            "datastore.datastores[1].root is 'ftp://host/d'",
            "datastore.datastores[2].root",
            "datastore.datastores[3].records must be a mapping",
            "datastore.datastores[4].records.table must be a text",
            "datastore.datastores[5].root",
            "datastore.datastores[6].root must be a text",
            "datastore.datastores[7] must be a mapping",
            "datastore.datastores[8].datastores must be a list",
            "datastore.datastores[9].root");
  }

  @Test
  void twoDatastoresOfOneNameAreRefusedUnlessTheyAreTheSame() {
    Map<String, ?> one = Map.of("name", "n", "root", "/a");
    Map<String, ?> other = Map.of("name", "n", "root", "/b");

    assertThat(read(Map.of("cls", CHAINED, "datastores", List.of(one, one)), "/r").files())
        .hasSize(1);
    assertThatThrownBy(() -> read(Map.of("cls", CHAINED, "datastores", List.of(one, other)), "/r"))
        .hasMessageContaining("two datastores have the name 'n'");
  }

  @Test
  void aChainThatContainsItselfIsRefused() {
    Map<String, Object> section = new HashMap<>();
    section.put("cls", CHAINED);
    section.put("datastores", List.of(section));

    assertThatThrownBy(() -> read(section, "/repo")).hasMessageContaining("deeper than 16 chains");
  }

  @Test
  void thereIsALimitOfDatastores() {
    List<Map<String, ?>> children = new ArrayList<>();
    for (int i = 0; i <= DatastoreSection.MAX_STORES; i++) {
      children.add(Map.of("root", "/d" + i));
    }

    assertThat(
            read(Map.of("cls", CHAINED, "datastores", children.subList(1, children.size())), "/r")
                .files())
        .hasSize(DatastoreSection.MAX_STORES);
    assertThatThrownBy(() -> read(Map.of("cls", CHAINED, "datastores", children), "/r"))
        .hasMessageContaining("one more than the 256 datastores");
  }

  @Test
  void theFirstStoreWithRecordsServesTheDataset() {
    Datastores stores =
        read(
            Map.of(
                "cls",
                CHAINED,
                "datastores",
                List.of(Map.of("name", "a", "root", "/a"), Map.of("name", "b", "root", "/b"))),
            "/r");
    StoredFile unknown = stored("gone");
    StoredFile inA = stored("a");
    StoredFile alsoInA = stored("a");
    StoredFile inB = stored("b");

    assertThat(stores.serving(List.of(unknown, inB, inA, alsoInA))).containsExactly(inA, alsoInA);
    assertThat(stores.serving(List.of(unknown, inB))).containsExactly(inB);
    assertThat(stores.serving(List.of(unknown))).isEmpty();
  }

  @Test
  void aMissingLocalRootIsAFault(@TempDir Path directory) {
    assertThat(read(Map.of("root", directory.toString()), "/r").faults()).isEmpty();
    assertThat(read(Map.of("root", "s3://b/x"), "/r").faults()).isEmpty();
    assertThat(read(Map.of("root", directory + "/none"), "/r").faults())
        .singleElement()
        .asString()
        .contains("is not a directory");
  }

  private static StoredFile stored(String datastore) {
    return new StoredFile(
        datastore, new FileRecord(UUID.randomUUID(), null, "x.json", "f.F", "Dict", null, -1));
  }
}
