package equerry.datastore.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.datastore.DatastoreSection;
import equerry.datastore.Datastores;
import equerry.datastore.Expected;
import equerry.datastore.FileStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPathTest {
  static List<List<String>> locations() {
    return Expected.rows("locations.tsv");
  }

  @ParameterizedTest
  @MethodSource("locations")
  void locationsAreThoseOfTheStockPackage(List<String> row) {
    String root = row.get(0).equals("-") ? "/unused" : row.get(0);
    Datastores stores = DatastoreSection.read(Map.of("root", root), "/unused", Map.of());
    FileStore store = stores.files().getFirst();
    FileRecord record =
        new FileRecord(UUID.randomUUID(), null, row.get(1), "f.F", "Dict", null, -1);

    ResourceUri uri = store.locate(record);

    assertThat(uri).hasToString(row.get(2));
    assertThat(uri.key()).isEqualTo(row.get(3));
    assertThat(RecordPath.parse(row.get(1)).wireForm()).isEqualTo(row.get(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "..",
        "a/..",
        "",
        "#zip-path=x",
        "a/",
        ".",
        "%2E%2E/x",
        "a/%2E%2E/%2E%2E/x",
        "a\0b",
        "a%00b",
        "%2E%2E%2Fx"
      })
  void aRelativePathNeverLeavesTheRoot(String path) {
    assertThatThrownBy(() -> RecordPath.parse(path))
        .isInstanceOf(ButlerException.Internal.class)
        .hasMessageContaining("cannot be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/x",
        "mem:///x",
        "file:rel/x",
        "s3://bucket",
        "https://h/d/",
        "file:///a%00b"
      })
  void aUriThatNamesNoFileWeCanReachIsRefused(String path) {
    assertThatThrownBy(() -> RecordPath.parse(path))
        .isInstanceOf(ButlerException.Unavailable.class);
  }

  @Test
  void homeAndVariablesInRecordsMeanThemselves() {
    assertThat(RecordPath.parse("~/x")).isEqualTo(new RecordPath.Relative("~/x", "", "~/x"));
    assertThat(RecordPath.parse("$HOME/x"))
        .isEqualTo(new RecordPath.Relative("$HOME/x", "", "$HOME/x"));
  }

  static List<List<String>> fragments() {
    return Expected.rows("fragments.tsv");
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void fragmentsAreEncodedAsTheProtocolsUrlTypeDoes(List<String> row) {
    assertThat(PercentCoding.encodeFragment(row.get(0))).isEqualTo(row.get(1));
  }

  @Test
  void strictDecodingRefusesWhatHasNoSingleMeaning() {
    assertThat(PercentCoding.decodeStrictly("a%20%C3%A9")).contains("a é");
    assertThat(PercentCoding.decodeStrictly("%zz")).isEmpty();
    assertThat(PercentCoding.decodeStrictly("%2")).isEmpty();
    assertThat(PercentCoding.decodeStrictly("%C3")).isEmpty();
    assertThat(PercentCoding.decodeStrictly("%C0%AE")).isEmpty();
  }
}
