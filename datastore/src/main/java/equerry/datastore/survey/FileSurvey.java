package equerry.datastore.survey;

import equerry.api.error.ButlerException;
import equerry.api.file.StoredFile;
import equerry.datastore.Datastores;
import equerry.datastore.FileStore;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.Storage;
import equerry.datastore.storage.Storage.ListedFile;
import equerry.datastore.storage.Storage.Upload;
import equerry.datastore.storage.Storages;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares records with files, and finds the files that no record may have.
///
/// What lies right in a datastore's root is not the butler's: its configuration and database are
/// there, and whatever people put beside them. Neither is what lies in the root of another datastore
/// below.
public final class FileSurvey implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileSurvey.class);
  private final Datastores stores;
  private final Storages storages;

  /// @param stores the datastores of the repository
  /// @param environment variables that describe object stores and credentials
  public FileSurvey(Datastores stores, Map<String, String> environment) {
    this.stores = stores;
    this.storages = new Storages(environment);
  }

  /// A file of a datastore.
  ///
  /// @param path path below the root, not encoded
  /// @param unfinished whether its writer never came to give it its name
  public record Found(FileStore store, String path, ListedFile file, boolean unfinished) {}

  /// What a file is like.
  public sealed interface State {}

  /// It is there.
  ///
  /// @param sizeBytes its size, -1 when that is not told
  public record There(long sizeBytes) implements State {}

  /// There is no such file, or the record names none.
  public record Missing() implements State {}

  /// It lies outside of the datastores, where it cannot be looked for now.
  public record Unknown() implements State {}

  /// What the files of records are like.
  ///
  /// @throws ButlerException.Unavailable when a datastore cannot be reached
  public Map<StoredFile, State> look(Collection<StoredFile> records) {
    Map<StoredFile, ResourceUri> places = new LinkedHashMap<>();
    Map<StoredFile, State> states = new LinkedHashMap<>();
    for (StoredFile record : records) {
      try {
        stores
            .find(record.datastore())
            .ifPresent(store -> places.put(record, artifact(store.locate(record.record()))));
      } catch (ButlerException noFile) {
        states.put(record, new Missing());
      }
    }
    Map<ResourceUri, State> byPlace = new ConcurrentHashMap<>();
    Parallel.forEach(
        List.copyOf(new LinkedHashSet<>(places.values())),
        place -> byPlace.put(place, look(place)));
    places.forEach((record, place) -> states.put(record, byPlace.get(place)));
    return states;
  }

  private static ResourceUri artifact(ResourceUri uri) {
    return new ResourceUri(uri.kind(), uri.scheme(), uri.netloc(), uri.path(), uri.query(), "");
  }

  private State look(ResourceUri place) {
    try {
      OptionalLong size = storages.of(place).sizeBytes(place);
      return size.isPresent() ? new There(size.getAsLong()) : new Missing();
    } catch (ButlerException.Unavailable unreachable) {
      if (stores.files().stream().anyMatch(store -> relative(store, place) != null)) {
        throw unreachable;
      }
      LOG.warn("A file outside of the datastores cannot be looked for: {}", unreachable.detail());
      return new Unknown();
    }
  }

  /// Tells of every file below the root of a datastore that could be the butler's.
  ///
  /// @throws ButlerException.Unavailable when it cannot be reached
  public void visit(FileStore store, Consumer<Found> visitor) {
    storages
        .of(store.root())
        .list(
            store.root(),
            file -> {
              String path = relative(store, file.uri());
              if (path != null && path.indexOf('/') >= 0 && !isInner(store, file.uri())) {
                boolean unfinished = Storage.isPart(PathText.name(path));
                visitor.accept(new Found(store, path, file, unfinished));
              }
            });
  }

  /// Tells of every upload that was begun below the root of a datastore and not completed.
  public void visitUploads(FileStore store, Consumer<Upload> visitor) {
    storages
        .of(store.root())
        .listUploads(
            store.root(),
            upload -> {
              if (!isInner(store, upload.target())) {
                visitor.accept(upload);
              }
            });
  }

  private boolean isInner(FileStore store, ResourceUri file) {
    return stores.files().stream()
        .filter(other -> other != store && relative(store, other.root()) != null)
        .anyMatch(other -> relative(other, file) != null);
  }

  /// The path below a store's root, null for what is not there or is the root itself.
  private static @org.jspecify.annotations.Nullable String relative(
      FileStore store, ResourceUri uri) {
    ResourceUri root = store.root();
    boolean sameHost = root.kind() == uri.kind() && root.netloc().equals(uri.netloc());
    String folder = plain(root.asDirectory());
    String path = plain(uri);
    return sameHost && path.startsWith(folder) && path.length() > folder.length()
        ? path.substring(folder.length())
        : null;
  }

  private static String plain(ResourceUri uri) {
    if (uri.kind() != StorageKind.LOCAL) {
      return uri.decodedPath();
    }
    return uri.path().endsWith("/") ? (uri.localPath() + "/").replace("//", "/") : uri.localPath();
  }

  /// How a record may name a file that was found: below the root, encoded or not, or wherever it is.
  public static List<String> names(Found found) {
    ResourceUri uri = found.file().uri();
    LinkedHashSet<String> names = new LinkedHashSet<>();
    names.add(found.path());
    names.add(equerry.datastore.location.PercentCoding.encodePath(found.path()));
    names.add(uri.toString());
    names.add(uri.decodedPath());
    return List.copyOf(names);
  }

  /// Deletes files; those that are not there any more are no failure.
  ///
  /// @return why files could not be deleted
  public Map<ResourceUri, ButlerException> delete(FileStore store, Collection<Found> files) {
    return storages.of(store.root()).delete(files.stream().map(each -> each.file().uri()).toList());
  }

  /// Gives an upload up.
  public void abort(Upload upload) {
    storages.of(upload.target()).abort(upload);
  }

  @Override
  public void close() {
    storages.close();
  }
}
