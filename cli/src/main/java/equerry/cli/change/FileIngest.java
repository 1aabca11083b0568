package equerry.cli.change;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetIds;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
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

/// Takes files into a run. Safe for use by many threads.
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
    if (files.isEmpty()) {
      return List.of();
    }
    DatasetIds ids = new DatasetIds(options.idMode(), type, run);
    List<FileDataset> datasets = new ArrayList<>(files.size());
    files.forEach(
        (file, dataIds) ->
            datasets.add(
                new FileDataset(
                    file, dataIds.stream().map(ids::ref).toList(), options.formatter())));
    boolean isNew = runIsNew();
    butler.write(
        changes -> {
          if (isNew) {
            changes.collections().register(run, CollectionType.RUN, null);
          }
          changes.files().ingest(datasets, mode, options.validation());
          return true;
        });
    return datasets.stream().flatMap(file -> file.refs().stream()).toList();
  }

  /// A run that is there need not be made in the change, which locks nothing then while files are
  /// copied.
  private boolean runIsNew() {
    try {
      return butler.collections().load(run).type() != CollectionType.RUN;
    } catch (ButlerException.NotFound missing) {
      return true;
    }
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
