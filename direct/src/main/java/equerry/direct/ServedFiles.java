package equerry.direct;

import equerry.api.dataset.DatasetLookup;
import equerry.api.file.Files;
import equerry.api.file.StoredFile;
import equerry.datastore.Datastores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The files of datasets as a chain of datastores serves them: those of its first member that has
/// any.
///
/// @param recorded all files that the registry's records name
/// @param datastores the datastores in the order in which they are asked
record ServedFiles(Files recorded, Datastores datastores) implements Files {
  @Override
  public Optional<DatasetFiles> find(UUID id) {
    return recorded.find(id).map(this::serve);
  }

  @Override
  public DatasetFiles load(DatasetLookup lookup) {
    return serve(recorded.load(lookup));
  }

  private DatasetFiles serve(DatasetFiles found) {
    return new DatasetFiles(found.ref(), datastores.serving(found.files()));
  }

  @Override
  public Map<UUID, List<StoredFile>> findAll(List<UUID> ids) {
    Map<UUID, List<StoredFile>> served = new LinkedHashMap<>();
    recorded
        .findAll(ids)
        .forEach(
            (id, files) -> {
              List<StoredFile> held = datastores.serving(files);
              if (!held.isEmpty()) {
                served.put(id, held);
              }
            });
    return served;
  }
}
