package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.StorageClasses;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.datastore.WritableStore;
import equerry.datastore.WritableStores;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.Storages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Says which files exist, and where files without records would be.
record Presence(WritableStores stores, StorageClasses classes, Storages storages) {
  /// Those of the files that exist.
  Set<StoredFile> existing(Collection<StoredFile> files) {
    Map<ResourceUri, Boolean> there = new ConcurrentHashMap<>();
    Map<StoredFile, ResourceUri> uris = new java.util.LinkedHashMap<>();
    files.forEach(file -> uris.put(file, artifact(file)));
    Parallel.forEach(
        List.copyOf(new LinkedHashSet<>(uris.values())),
        uri -> there.put(uri, storages.of(uri).sizeBytes(uri).isPresent()));
    Set<StoredFile> existing = new LinkedHashSet<>();
    uris.forEach(
        (file, uri) -> {
          if (Boolean.TRUE.equals(there.get(uri))) {
            existing.add(file);
          }
        });
    return existing;
  }

  /// The file that a record is about, without the name of a member.
  ResourceUri artifact(StoredFile file) {
    ResourceUri uri = stores.load(file.datastore()).store().locate(file.record());
    return new ResourceUri(uri.kind(), uri.scheme(), uri.netloc(), uri.path(), uri.query(), "");
  }

  /// Where a dataset's files would be in the stores that take it.
  List<StoredFile> predicted(DatasetRef ref) {
    List<StoredFile> files = new ArrayList<>();
    stores.accepting(ref).forEach(store -> predict(store, ref, files));
    return files;
  }

  /// The files of a dataset without records that are there all the same.
  List<StoredFile> unrecorded(DatasetRef ref) {
    List<StoredFile> files = new ArrayList<>();
    stores.files().stream()
        .filter(store -> store.trusted() && store.accepts(ref))
        .forEach(store -> predict(store, ref, files));
    return files.isEmpty() ? files : List.copyOf(existing(files));
  }

  private void predict(WritableStore store, DatasetRef ref, List<StoredFile> files) {
    Map<String, String> components =
        classes.components().getOrDefault(ref.type().storageClass(), Map.of());
    if (components.isEmpty() || !store.composites().disassembles(ref)) {
      files.add(predicted(store, ref));
      return;
    }
    new TreeMap<>(components)
        .forEach(
            (component, storageClass) ->
                files.add(
                    predicted(store, ref.as(ref.type().componentType(component, storageClass)))));
  }

  private static StoredFile predicted(WritableStore store, DatasetRef ref)
      throws ButlerException.Invalid {
    Naming.Named named = new Naming(store).forPut(ref, "");
    String name = ref.type().name();
    int dot = name.indexOf('.');
    return new StoredFile(
        store.name(),
        new FileRecord(
            ref.id(),
            dot < 0 ? null : name.substring(dot + 1),
            named.path(),
            named.formatter(),
            ref.type().storageClass(),
            null,
            -1));
  }
}
