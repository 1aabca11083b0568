package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.api.file.StoredFile;
import equerry.datastore.WritableStores;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.Storages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Gatherers;

/// Deletes the files of dropped datasets.
record Trash(WritableStores stores, Storages storages) {
  /// How many files one request may delete.
  private static final int BATCH = 1000;

  /// Whether files are deleted or only named.
  enum Effect {
    DELETE,
    REHEARSE
  }

  TrashReport empty(List<StoredFile> dropped, Set<ArtifactPath> referenced, Effect effect) {
    Map<ArtifactPath, List<StoredFile>> artifacts = new LinkedHashMap<>();
    for (StoredFile file : dropped) {
      artifacts.computeIfAbsent(ArtifactPath.of(file), a -> new ArrayList<>()).add(file);
    }
    Map<ArtifactPath, ButlerException> failures = new ConcurrentHashMap<>();
    Map<ArtifactPath, ResourceUri> doomed = doomed(artifacts, referenced, failures);
    if (effect == Effect.DELETE) {
      delete(doomed, failures);
    }
    return report(artifacts, doomed.keySet(), failures);
  }

  private Map<ArtifactPath, ResourceUri> doomed(
      Map<ArtifactPath, List<StoredFile>> artifacts,
      Set<ArtifactPath> referenced,
      Map<ArtifactPath, ButlerException> failures) {
    Map<ArtifactPath, ResourceUri> doomed = new LinkedHashMap<>();
    for (ArtifactPath artifact : artifacts.keySet()) {
      if (referenced.contains(artifact)) {
        continue;
      }
      try {
        ResourceUri root = stores.load(artifact.datastore()).store().root();
        if (RecordPath.parse(artifact.path()) instanceof RecordPath.Relative relative) {
          doomed.put(artifact, root.resolve(relative.plain(), ""));
        }
      } catch (ButlerException e) {
        failures.put(artifact, e);
      }
    }
    return doomed;
  }

  private void delete(
      Map<ArtifactPath, ResourceUri> doomed, Map<ArtifactPath, ButlerException> failures) {
    Milestone.TRASH_BEGUN.passed();
    Map<ResourceUri, ArtifactPath> byUri = new LinkedHashMap<>();
    doomed.forEach((artifact, uri) -> byUri.put(uri, artifact));
    Map<String, List<ResourceUri>> byPlace = new LinkedHashMap<>();
    for (ResourceUri uri : byUri.keySet()) {
      byPlace.computeIfAbsent(uri.scheme() + "://" + uri.netloc(), p -> new ArrayList<>()).add(uri);
    }
    List<List<ResourceUri>> batches = new ArrayList<>();
    byPlace
        .values()
        .forEach(uris -> uris.stream().gather(Gatherers.windowFixed(BATCH)).forEach(batches::add));
    Parallel.forEach(
        batches,
        batch ->
            storages
                .of(batch.getFirst())
                .delete(batch)
                .forEach(
                    (uri, e) -> failures.put(java.util.Objects.requireNonNull(byUri.get(uri)), e)));
  }

  private static TrashReport report(
      Map<ArtifactPath, List<StoredFile>> artifacts,
      Set<ArtifactPath> doomed,
      Map<ArtifactPath, ButlerException> failures) {
    List<StoredFile> settled = new ArrayList<>();
    List<TrashReport.Failure> failed = new ArrayList<>();
    artifacts.forEach(
        (artifact, files) -> {
          ButlerException failure = failures.get(artifact);
          if (failure == null) {
            settled.addAll(files);
          } else {
            failed.add(new TrashReport.Failure(artifact, failure));
          }
        });
    return new TrashReport(
        settled, doomed.stream().filter(a -> !failures.containsKey(a)).toList(), failed);
  }
}
