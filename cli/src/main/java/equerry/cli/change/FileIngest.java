package equerry.cli.change;

import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.file.FileDataset;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.api.selection.Selection.Search;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Takes files into a run.
///
/// @param type the dataset type of all of them
/// @param run the run, which is made if it is not there
/// @param mode how files come into the datastore
/// @param options how datasets are made of them
record FileIngest(
    WritableDirectButler butler,
    DatasetType type,
    String run,
    TransferMode mode,
    IngestOptions options) {
  /// Makes the run, for [#withoutStored]; [#ingest] makes it by itself.
  void prepare() {
    butler.write(changes -> changes.collections().register(run, CollectionType.RUN, null));
  }

  /// Takes files in, all or none.
  ///
  /// @param files the data IDs in each file
  /// @return their datasets, in order
  List<DatasetRef> ingest(Map<String, List<DataId>> files) {
    return files.isEmpty() ? List.of() : butler.write(changes -> ingest(changes, files));
  }

  private List<DatasetRef> ingest(Changes changes, Map<String, List<DataId>> files) {
    List<DataId> dataIds = files.values().stream().flatMap(Collection::stream).toList();
    changes.collections().register(run, CollectionType.RUN, null);
    List<DatasetRef> refs = changes.datasets().insert(type.name(), run, dataIds, options.idMode());
    List<FileDataset> datasets = new ArrayList<>(files.size());
    int next = 0;
    for (Map.Entry<String, List<DataId>> file : files.entrySet()) {
      int end = next + file.getValue().size();
      datasets.add(new FileDataset(file.getKey(), refs.subList(next, end), options.formatter()));
      next = end;
    }
    changes.files().ingest(datasets, mode, options.validation());
    return refs;
  }

  /// Those of the files that have not come in yet: a file is passed over when the run has stored
  /// datasets for all its data IDs.
  Map<String, List<DataId>> withoutStored(Map<String, List<DataId>> files) {
    Set<DataId> stored = stored(files.values().stream().flatMap(Collection::stream).toList());
    Map<String, List<DataId>> left = new LinkedHashMap<>(files);
    left.values().removeIf(stored::containsAll);
    return left;
  }

  private Set<DataId> stored(List<DataId> dataIds) {
    List<DatasetRef> known =
        butler
            .query()
            .joinDataIds(dataIds)
            .refs(type.name(), List.of(run), Search.ALL, Expansion.NONE)
            .list();
    Map<UUID, List<StoredFile>> files =
        butler.files().findAll(known.stream().map(DatasetRef::id).toList());
    Set<DataId> stored = new HashSet<>();
    for (DatasetRef ref : known) {
      if (!files.getOrDefault(ref.id(), List.of()).isEmpty()) {
        stored.add(ref.dataId());
      }
    }
    return stored;
  }
}
