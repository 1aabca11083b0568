package equerry.datastore.write;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {
  @TempDir Path root;

  private StoreWriter writer() {
    return Stores.writer(Map.of("name", "s", "root", root.toString()));
  }

  private static StoredFile file(String path) {
    return new StoredFile(
        "s", new FileRecord(UUID.randomUUID(), null, path, "f.F", "Dict", null, -1));
  }

  @Test
  void deletesFilesThatNoOneElseUses() throws IOException {
    Path outside = Files.writeString(Files.createTempFile("direct", ".yaml"), "x");
    for (String name : List.of("one.yaml", "shared.yaml", "a b.yaml", "x.zip", "used.zip")) {
      Files.writeString(root.resolve(name), name);
    }
    List<StoredFile> dropped =
        List.of(
            file("one.yaml"),
            file("shared.yaml"),
            file("a b.yaml"),
            file("gone.yaml"),
            file("file://" + outside),
            file("x.zip#zip-path=1"),
            file("x.zip#zip-path=2"),
            file("used.zip#zip-path=1"));
    Set<ArtifactPath> referenced =
        Set.of(new ArtifactPath("s", "shared.yaml"), new ArtifactPath("s", "used.zip"));
    try (StoreWriter writer = writer()) {
      TrashReport rehearsal = writer.rehearseEmptyTrash(dropped, referenced);
      assertThat(PutTest.filesBelow(root)).hasSize(5);

      TrashReport report = writer.emptyTrash(dropped, referenced);

      assertThat(report).isEqualTo(rehearsal);
      assertThat(report.settled()).containsExactlyInAnyOrderElementsOf(dropped);
      assertThat(report.deleted())
          .extracting(ArtifactPath::path)
          .containsExactlyInAnyOrder("one.yaml", "a b.yaml", "gone.yaml", "x.zip");
      assertThat(report.failures()).isEmpty();
    }
    assertThat(PutTest.filesBelow(root)).containsExactly("shared.yaml", "used.zip");
    assertThat(outside).exists();
    Files.delete(outside);
  }

  @Test
  void aFileThatCannotBeDeletedDoesNotStopTheOthers() throws IOException {
    Files.createDirectories(root.resolve("stuck.yaml/inner"));
    Files.writeString(root.resolve("free.yaml"), "x");
    StoredFile stuck = file("stuck.yaml");
    StoredFile escaping = file("../escape.yaml");
    StoredFile free = file("free.yaml");
    StoredFile unknown =
        new StoredFile(
            "other", new FileRecord(UUID.randomUUID(), null, "x", "f.F", "Dict", null, -1));
    try (StoreWriter writer = writer()) {
      TrashReport report = writer.emptyTrash(List.of(stuck, escaping, unknown, free), Set.of());

      assertThat(report.settled()).containsExactly(free);
      assertThat(report.failures())
          .extracting(failure -> failure.artifact().path())
          .containsExactly("stuck.yaml", "../escape.yaml", "x");
      assertThat(report.failures().getFirst().reason().code())
          .isEqualTo(ErrorCode.FILE_UNAVAILABLE);
    }
  }

  @Test
  void findsTheFilesThatExist() throws IOException {
    Files.writeString(root.resolve("one.yaml"), "x");
    Files.writeString(root.resolve("x.zip"), "x");
    StoredFile one = file("one.yaml");
    StoredFile member = file("x.zip#zip-path=1");
    try (StoreWriter writer = writer()) {
      assertThat(writer.findExisting(List.of(one, member, file("gone.yaml"))))
          .containsExactlyInAnyOrder(one, member);
    }
  }

  @Test
  void trustedStoresFindFilesWithoutRecords() throws IOException {
    Map<String, Object> section =
        Map.of("name", "s", "root", root.toString(), "trust_get_request", true);
    String path = "u/me/run1/filterthing/g/Cam1-G/filterthing_Cam1_g_Cam1-G_u_me_run1.yaml";
    try (StoreWriter writer = Stores.writer(section)) {
      assertThat(writer.findUnrecorded(Stores.fresh("filterthing"))).isEmpty();
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), "x");
      assertThat(writer.findUnrecorded(Stores.fresh("filterthing")))
          .singleElement()
          .extracting(file -> file.record().path())
          .isEqualTo(path);
      assertThat(writer.predict(Stores.fresh("filterthing"))).hasSize(1);
    }
    try (StoreWriter writer = writer()) {
      assertThat(writer.findUnrecorded(Stores.fresh("filterthing"))).isEmpty();
    }
  }
}
