package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileDataset;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.datastore.WritableStore;
import equerry.datastore.WritableStores;
import equerry.datastore.location.ResourceUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plans the files of datasets that are ingested.
record IngestPlanner(WritableStores stores, Transfers transfers) {
  /// A file for one store and those of its datasets that this takes.
  private record Accepted(ResourceUri uri, List<DatasetRef> refs, @Nullable String formatter) {}

  List<PlannedFile> plan(List<FileDataset> files, TransferMode mode, Validation validation) {
    List<PlannedFile> plans = new ArrayList<>();
    for (WritableStore store : stores.files()) {
      List<Accepted> accepted = accepted(store, files, mode);
      TransferMode resolved =
          Transfers.resolved(mode, store, accepted.stream().map(Accepted::uri).toList());
      accepted.forEach(file -> plans.add(plan(store, file, resolved, validation)));
    }
    return plans;
  }

  private List<Accepted> accepted(WritableStore store, List<FileDataset> files, TransferMode mode) {
    List<Accepted> accepted = new ArrayList<>();
    for (FileDataset file : files) {
      List<DatasetRef> refs = file.refs().stream().filter(store::accepts).toList();
      ResourceUri uri = Origins.parse(file.path(), base(store, mode));
      if (!refs.isEmpty() && !liesInOther(store, uri, mode)) {
        accepted.add(new Accepted(uri, refs, file.formatter()));
      }
    }
    return accepted;
  }

  private static ResourceUri base(WritableStore store, TransferMode mode) {
    return switch (mode) {
      case IN_PLACE, SPLIT, AUTO -> store.store().root();
      case COPY, MOVE, LINK, HARDLINK, SYMLINK, RELSYMLINK, DIRECT ->
          ResourceUri.ofLocalPath(System.getProperty("user.dir"), "").asDirectory();
    };
  }

  /// In a chain a file that is recorded in place is recorded by the store it lies in.
  private boolean liesInOther(WritableStore store, ResourceUri uri, TransferMode mode) {
    return mode == TransferMode.IN_PLACE
        && Transfers.within(store, uri).isEmpty()
        && stores.files().stream().anyMatch(other -> Transfers.within(other, uri).isPresent());
  }

  private PlannedFile plan(
      WritableStore store, Accepted file, TransferMode mode, Validation validation) {
    Naming naming = new Naming(store);
    DatasetRef first = file.refs().getFirst();
    String formatter =
        Objects.requireNonNullElseGet(file.formatter(), () -> naming.formatter(first));
    Transfers.Transfer transfer =
        transfers.decide(
            store, file.uri(), mode, source -> naming.forIngest(first, source, formatter).path());
    return new PlannedFile(
        store.name(),
        transfer.path(),
        transfer.uri(),
        transfer.work(),
        file.refs().stream().map(ref -> new PlannedFile.Row(ref, formatter)).toList(),
        store.checksums(),
        validation);
  }
}
