package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.datastore.WritableStore;
import equerry.datastore.WritableStores;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.FileFaults;
import equerry.datastore.zip.DatasetZip;
import equerry.datastore.zip.ZipIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Takes in zip files of datasets.
record Zips(WritableStores stores, Transfers transfers, TemporaryFiles temporary) {
  ZipIndex readIndex(String zip, DimensionUniverse universe) {
    ResourceUri uri = origin(zip);
    try (TemporaryFiles.Borrowed file = temporary.borrow(uri)) {
      if (!java.nio.file.Files.exists(file.path())) {
        throw FileFaults.missing(uri.decodedPath());
      }
      try (DatasetZip opened = DatasetZip.open(file.path())) {
        return opened.readIndex(universe);
      }
    } catch (IOException e) {
      throw FileFaults.reading(uri.decodedPath(), e);
    }
  }

  /// A relative path starts at the working directory.
  private static ResourceUri origin(String zip) {
    return Origins.parse(
        zip, ResourceUri.ofLocalPath(System.getProperty("user.dir"), "").asDirectory());
  }

  List<PlannedFile> plan(String zip, ZipIndex index, TransferMode mode) {
    List<PlannedFile> plans = new ArrayList<>();
    ResourceUri uri = origin(zip);
    for (WritableStore store : stores.files()) {
      boolean elsewhere =
          mode == TransferMode.IN_PLACE
              && Transfers.within(store, uri).isEmpty()
              && stores.files().stream().anyMatch(o -> Transfers.within(o, uri).isPresent());
      if (!elsewhere && index.refs().stream().allMatch(store::accepts)) {
        plans.add(plan(store, uri, index, Transfers.resolved(mode, store, List.of(uri))));
      }
    }
    if (plans.isEmpty()) {
      throw PutPlanner.rejected(index.refs().getFirst());
    }
    return plans;
  }

  private PlannedFile plan(
      WritableStore store, ResourceUri uri, ZipIndex index, TransferMode mode) {
    Transfers.Transfer transfer = transfers.decide(store, uri, mode, source -> index.pathInStore());
    return new PlannedFile(
        store.name(),
        transfer.path(),
        transfer.uri(),
        transfer.work(),
        rows(index),
        false,
        Validation.RECORDED);
  }

  private static List<PlannedFile.Row> rows(ZipIndex index) {
    Map<UUID, DatasetRef> refs = new HashMap<>();
    index.refs().forEach(ref -> refs.put(ref.id(), ref));
    List<PlannedFile.Row> rows = new ArrayList<>();
    index
        .members()
        .forEach(
            (name, member) ->
                member
                    .ids()
                    .forEach(
                        id ->
                            rows.add(
                                new PlannedFile.Row(
                                    Objects.requireNonNull(refs.get(id)),
                                    member.record().formatter(),
                                    "#zip-path=" + name,
                                    member.record()))));
    return rows;
  }
}
