package equerry.datastore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebStorageTest {
  private static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05Z");
  private final FakeWebDav server = new FakeWebDav();
  private final WebStorage storage = new WebStorage(Map.of());

  @AfterEach
  void close() {
    storage.close();
    server.close();
  }

  private ResourceUri uri(String path) {
    return ResourceUri.parse(server.url() + "/" + path).orElseThrow();
  }

  @Test
  void aFileIsSentBesideItsTargetAndMoved() throws IOException {
    StagedFile staged = storage.stage(uri("a/b/x%20y.json"), ContentSource.of(new byte[] {1, 2}));
    assertThat(staged.sizeBytes()).isEqualTo(2);
    assertThat(server.files.keySet())
        .singleElement()
        .asString()
        .matches("/a/b/\\.x y.json\\..*\\.part");

    staged.place();
    assertThat(server.files).containsOnlyKeys("/a/b/x y.json");
    assertThat(storage.sizeBytes(uri("a/b/x%20y.json"))).hasValue(2);
    try (InputStream in = storage.open(uri("a/b/x%20y.json"))) {
      assertThat(in.readAllBytes()).containsExactly(1, 2);
    }
    staged.undo();
    assertThat(server.files).isEmpty();
  }

  @Test
  void whatIsGivenUpIsRemoved() {
    storage.stage(uri("x"), ContentSource.of(new byte[0])).undo();
    assertThat(server.files).isEmpty();
  }

  @Test
  void undoKeepsAFileOfSomeoneElse() {
    StagedFile staged = storage.stage(uri("x"), ContentSource.of(new byte[] {1}));
    staged.place();
    server.files.put("/x", new byte[] {2});
    staged.undo();
    assertThat(server.files.get("/x")).containsExactly(2);
  }

  @Test
  void aFileThatIsThereIsReplaced() {
    server.files.put("/x", new byte[] {9});
    storage.stage(uri("x"), ContentSource.of(new byte[] {1})).place();
    assertThat(server.files.get("/x")).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"507,STORAGE_FULL", "403,READ_ONLY", "401,READ_ONLY", "500,FILE_UNAVAILABLE"})
  void refusalsOfAWriteAreNamed(int status, ErrorCode code) {
    server.refuse("PUT", status);
    assertThatThrownBy(() -> storage.stage(uri("x.json"), ContentSource.of(new byte[] {1})))
        .isInstanceOfSatisfying(
            ButlerException.Unavailable.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("'x.json'")
        .hasMessageContaining("Nothing is changed");
    assertThat(server.files).isEmpty();
  }

  @Test
  void aServerThatDoesNotMoveIsRefusedAndTheFileTakenBack() {
    StagedFile staged = storage.stage(uri("x"), ContentSource.of(new byte[] {1}));
    server.refuse("MOVE", 501);
    assertThatThrownBy(staged::place).hasMessageContaining("WebDAV");
    staged.undo();
    assertThat(server.files).isEmpty();
  }

  @Test
  void filesAreDeletedAndFailuresTold() {
    server.files.put("/one", new byte[0]);
    server.files.put("/two", new byte[0]);
    server.refuse("DELETE /two", 403);

    Map<ResourceUri, ButlerException> failures =
        storage.delete(List.of(uri("one"), uri("two"), uri("gone")));

    assertThat(failures).containsOnlyKeys(uri("two"));
    assertThat(server.files).containsOnlyKeys("/two");
  }

  @Test
  void filesBelowAFolderAreListed() {
    storage.stage(uri("f/a%20b"), ContentSource.of(new byte[1])).place();
    storage.stage(uri("f/g/c"), ContentSource.of(new byte[2])).place();
    storage.stage(uri("other"), ContentSource.of(new byte[3])).place();
    List<Storage.ListedFile> found = new ArrayList<>();

    storage.list(uri("f"), found::add);
    storage.list(uri("none"), found::add);

    assertThat(found)
        .containsExactlyInAnyOrder(
            new Storage.ListedFile(uri("f/a%20b"), 1, CHANGED),
            new Storage.ListedFile(uri("f/g/c"), 2, CHANGED));
  }

  @Test
  void aTokenIsSentThatAFileMayHold(@TempDir Path folder) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    try (WebStorage withFile =
            new WebStorage(Map.of("LSST_HTTP_AUTH_BEARER_TOKEN", token.toString()));
        WebStorage withText = new WebStorage(Map.of("LSST_HTTP_AUTH_BEARER_TOKEN", "other"))) {
      assertThat(withFile.sizeBytes(uri("x"))).isEmpty();
      assertThat(server.authorization).isEqualTo("Bearer t0ken");
      assertThat(withText.sizeBytes(uri("x"))).isEmpty();
      assertThat(server.authorization).isEqualTo("Bearer other");
    }
  }

  @Test
  void aMissingFileAndAMissingServerAreNamed() {
    assertThatThrownBy(() -> storage.open(uri("gone.json")))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("'gone.json'");
    server.close();
    assertThatThrownBy(() -> storage.open(uri("x")))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("cannot be reached");
  }
}
