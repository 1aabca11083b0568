package equerry.datastore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  private final LocalStorage storage = new LocalStorage();
  @TempDir Path folder;

  private ResourceUri uri(String path) {
    return ResourceUri.ofLocalPath(folder.resolve(path).toString(), "");
  }

  private static ErrorCode code(Throwable thrown) {
    return ((ButlerException) thrown).code();
  }

  /// `/dev/full` fails every write as a full disk does.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamed() throws IOException {
    IOException real = failure(() -> Files.write(Path.of("/dev/full"), new byte[1]));

    ButlerException named = FileFaults.writing("/outside/secret/x.json", real);

    assertThat(named.code()).isEqualTo(ErrorCode.STORAGE_FULL);
    assertThat(named)
        .hasMessageContaining("'x.json'")
        .hasMessageContaining("no space left")
        .hasMessageContaining("Nothing is changed")
        .hasMessageNotContaining("secret");
  }

  private static IOException failure(org.junit.jupiter.api.function.Executable work) {
    try {
      work.execute();
    } catch (IOException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("nothing failed");
  }

  /// No account may make files in `/sys`.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatCannotBeWrittenIsNamed() {
    ResourceUri target = ResourceUri.ofLocalPath("/sys/kernel/x.json", "");
    assertThatThrownBy(() -> storage.stage(target, ContentSource.of(new byte[1])))
        .isInstanceOf(ButlerException.Unavailable.class)
        .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.READ_ONLY))
        .hasMessageContaining("'x.json'")
        .hasMessageContaining("Nothing is changed");
  }

  /// Two links of one source are one file to the system, but not one change.
  @Test
  void aLinkThatWasNotPlacedLeavesTheOneThatIsThere() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "x");
    storage.stageLink(uri("target"), source, LinkKind.HARD).place();

    storage.stageLink(uri("target"), source, LinkKind.HARD).undo();

    assertThat(folder).isDirectoryContaining("glob:**/target");
    StagedFile placed = storage.stageLink(uri("other"), source, LinkKind.HARD);
    placed.place();
    placed.undo();
    assertThat(Files.list(folder)).hasSize(2);
  }

  @Test
  void deniedAndReadOnlyAreTheSameFact() {
    assertThat(FileFaults.writing("x", new AccessDeniedException("x")).code())
        .isEqualTo(ErrorCode.READ_ONLY);
    assertThat(
            FileFaults.writing("x", new FileSystemException("x", null, "Read-only file system"))
                .code())
        .isEqualTo(ErrorCode.READ_ONLY);
    assertThat(FileFaults.reading("x", new AccessDeniedException("x")).code())
        .isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(
            FileFaults.deleting("x", new FileSystemException("x", null, "Operation not permitted"))
                .code())
        .isEqualTo(ErrorCode.READ_ONLY);
  }

  @Test
  void aSourceThatFailsWhileItIsReadLeavesNothing() throws IOException {
    ContentSource failing =
        new ContentSource() {
          @Override
          public InputStream open() {
            return new InputStream() {
              private boolean isRead;

              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                if (isRead) {
                  throw new IOException("gone");
                }
                isRead = true;
                return length;
              }
            };
          }

          @Override
          public OptionalLong knownSizeBytes() {
            return OptionalLong.empty();
          }
        };
    assertThatThrownBy(() -> storage.stage(uri("a/x"), failing))
        .isInstanceOf(ButlerException.Unavailable.class);
    assertThat(folder.resolve("a")).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws IOException {
    Files.writeString(folder.resolve("a"), "file");
    assertThatThrownBy(() -> storage.stage(uri("a/x"), ContentSource.of(new byte[1])))
        .isInstanceOf(ButlerException.class);
  }

  @Test
  void filesBelowAFolderAreListedAndDeleted() throws IOException {
    Files.createDirectories(folder.resolve("f/g"));
    Files.writeString(folder.resolve("f/a b"), "1");
    Files.writeString(folder.resolve("f/g/.c.1.part"), "12");
    List<Storage.ListedFile> found = new ArrayList<>();

    storage.list(uri("f"), found::add);
    storage.list(uri("none"), found::add);

    assertThat(found)
        .extracting(Storage.ListedFile::uri, Storage.ListedFile::sizeBytes)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(uri("f/a b"), 1L),
            org.assertj.core.groups.Tuple.tuple(uri("f/g/.c.1.part"), 2L));
    assertThat(storage.delete(List.of(uri("f/a b"), uri("f/gone")))).isEmpty();
    assertThat(storage.sizeBytes(uri("f/a b"))).isEmpty();
    assertThat(storage.sizeBytes(uri("f"))).isEmpty();
  }

  @Test
  void workOnManyStopsAtTheFirstFailureAndWaitsForTheRest() {
    List<Integer> done = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Integer> items = java.util.stream.IntStream.range(0, 1000).boxed().toList();
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    items,
                    i -> {
                      if (i == 5) {
                        throw new IllegalStateException("five");
                      }
                      done.add(i);
                    }))
        .hasMessage("five");
    assertThat(done).doesNotContain(5);

    done.clear();
    Parallel.forEach(items, done::add);
    assertThat(done).hasSize(1000);
    Parallel.forEach(List.<Integer>of(), done::add);
    assertThat(done).hasSize(1000);
  }
}
