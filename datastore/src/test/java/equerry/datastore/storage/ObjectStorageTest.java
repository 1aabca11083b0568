package equerry.datastore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.object.ObjectClients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectStorageTest {
  private static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05Z");
  private static final int LARGE = ObjectStorage.PART_BYTES + 10;

  private final FakeObjectStore store = new FakeObjectStore();
  private final ObjectClients clients =
      new ObjectClients(
          Map.of(
              "S3_ENDPOINT_URL",
              store.url(),
              "AWS_ACCESS_KEY_ID",
              "key",
              "AWS_SECRET_ACCESS_KEY",
              "secret",
              "AWS_DEFAULT_REGION",
              "us-east-1"));
  private final ObjectStorage storage = new ObjectStorage(clients);

  @AfterEach
  void close() {
    clients.close();
    store.close();
  }

  private static ResourceUri uri(String path) {
    return ResourceUri.parse("s3://b/" + path).orElseThrow();
  }

  private static ContentSource unknownSize(int length) {
    return new ContentSource() {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(new byte[length]);
      }

      @Override
      public OptionalLong knownSizeBytes() {
        return OptionalLong.empty();
      }
    };
  }

  @Test
  void aSmallObjectIsSentWhenItIsPlaced() throws IOException {
    StagedFile staged = storage.stage(uri("a/x%20y.json"), ContentSource.of(new byte[] {1, 2, 3}));
    assertThat(staged.sizeBytes()).isEqualTo(3);
    assertThat(store.objects).isEmpty();
    assertThat(storage.sizeBytes(uri("a/x%20y.json"))).isEmpty();

    staged.place();
    assertThat(store.objects).containsOnlyKeys("a/x y.json");
    assertThat(storage.sizeBytes(uri("a/x%20y.json"))).hasValue(3);
    try (InputStream in = storage.open(uri("a/x%20y.json"))) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }

    staged.undo();
    assertThat(store.objects).isEmpty();
  }

  @Test
  void aLargeObjectIsSentInPartsWhenItIsStaged() {
    StagedFile staged = storage.stage(uri("large"), ContentSource.of(new byte[LARGE]));
    assertThat(store.uploads.values()).singleElement().satisfies(u -> assertThat(u).hasSize(2));
    assertThat(store.objects).isEmpty();

    staged.place();
    assertThat(store.objects.get("large")).hasSize(LARGE);
    assertThat(store.uploads).isEmpty();
  }

  @Test
  void whatIsOfUnknownSizeIsSentInPartsToo() {
    for (int length : new int[] {0, 5}) {
      StagedFile staged = storage.stage(uri("o" + length), unknownSize(length));
      assertThat(staged.sizeBytes()).isEqualTo(length);
      staged.place();
      assertThat(store.objects.get("o" + length)).hasSize(length);
    }
  }

  @Test
  void anUploadThatIsGivenUpIsAborted() {
    StagedFile staged = storage.stage(uri("large"), ContentSource.of(new byte[LARGE]));
    staged.undo();
    assertThat(store.uploads).isEmpty();

    store.refuse("PUT /b/large", 403);
    assertThatThrownBy(() -> storage.stage(uri("large"), ContentSource.of(new byte[LARGE])))
        .isInstanceOfSatisfying(
            ButlerException.Unavailable.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.READ_ONLY))
        .hasMessageContaining("'large'")
        .hasMessageNotContaining("secret");
    assertThat(store.uploads).isEmpty();
  }

  @Test
  void undoKeepsAnObjectOfSomeoneElse() {
    StagedFile staged = storage.stage(uri("x"), ContentSource.of(new byte[] {1}));
    staged.place();
    store.objects.put("x", new byte[] {2});
    staged.undo();
    assertThat(store.objects.get("x")).containsExactly(2);
  }

  @Test
  void objectsAreDeletedInBatchesAndFailuresAreTold() {
    List<ResourceUri> files = new ArrayList<>();
    IntStream.range(0, ObjectStorage.DELETE_BATCH + 5)
        .forEach(
            i -> {
              store.objects.put("d/" + i, new byte[0]);
              files.add(uri("d/" + i));
            });
    store.objects.put("d/locked", new byte[0]);
    files.add(uri("d/locked"));
    files.add(uri("d/gone"));

    Map<ResourceUri, ButlerException> failures = storage.delete(files);

    assertThat(failures).containsOnlyKeys(uri("d/locked"));
    assertThat(failures.values())
        .allSatisfy(e -> assertThat(e.code()).isEqualTo(ErrorCode.READ_ONLY));
    assertThat(store.objects).containsOnlyKeys("d/locked");
    assertThat(store.requests.stream().filter(r -> r.startsWith("POST")).count()).isEqualTo(2);
    assertThat(storage.delete(List.of(uri("d/gone")))).isEmpty();
  }

  @Test
  void objectsBelowAFolderAreListed() {
    store.objects.put("f/a b", new byte[1]);
    store.objects.put("f/g/c", new byte[2]);
    store.objects.put("fg", new byte[3]);
    List<Storage.ListedFile> found = new ArrayList<>();

    storage.list(uri("f"), found::add);

    assertThat(found)
        .containsExactly(
            new Storage.ListedFile(uri("f/a%20b"), 1, CHANGED),
            new Storage.ListedFile(uri("f/g/c"), 2, CHANGED));
  }

  @Test
  void aMissingObjectIsNamed() {
    assertThatThrownBy(() -> storage.open(uri("a/gone.json")))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("'gone.json'");
  }

  @Test
  void aStoreThatCannotBeReachedIsNamed() {
    store.close();
    assertThatThrownBy(() -> storage.sizeBytes(uri("x")))
        .isInstanceOfSatisfying(
            ButlerException.Unavailable.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_UNAVAILABLE));
  }
}
