package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.FileSource.Located;
import equerry.api.file.ReceivedDataset;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.datastore.WritableStore;
import equerry.datastore.WritableStores;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Storages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plans the files of datasets that come from another repository.
///
/// A path within the other datastore stays what it is. Members of one zip file make one plan; a zip
/// file that is there already is not brought again, since its name tells its content.
record ReceivedPlanner(WritableStores stores, Transfers transfers, Storages storages) {
  /// Datasets of one file in one store.
  private static final class Group {
    private final PlannedFile plan;
    private final List<PlannedFile.Row> rows = new ArrayList<>();

    Group(PlannedFile plan) {
      this.plan = plan;
    }

    PlannedFile complete() {
      return new PlannedFile(
          plan.datastore(),
          plan.path(),
          plan.uri(),
          plan.work(),
          rows,
          plan.checksums(),
          plan.validation());
    }
  }

  List<PlannedFile> plan(List<ReceivedDataset> datasets, TransferMode mode) {
    refuseUnfit(mode);
    Map<ArtifactPath, Group> groups = new LinkedHashMap<>();
    for (WritableStore store : stores.files()) {
      for (ReceivedDataset dataset : datasets) {
        if (store.accepts(dataset.ref())) {
          dataset.files().forEach(file -> add(store, dataset.ref(), file, mode, groups));
        }
      }
    }
    return groups.values().stream().map(Group::complete).toList();
  }

  private static void refuseUnfit(TransferMode mode) {
    switch (mode) {
      case AUTO, COPY, MOVE, LINK, HARDLINK, SYMLINK, RELSYMLINK, DIRECT -> {}
      case IN_PLACE, SPLIT ->
          throw new ButlerException.Invalid(
              ErrorCode.MALFORMED,
              "Datasets of another repository cannot come with the transfer mode '"
                  + mode.label()
                  + "'; use auto, copy, a kind of link, or direct to refer to them.");
    }
  }

  private void add(
      WritableStore store,
      DatasetRef ref,
      Located file,
      TransferMode mode,
      Map<ArtifactPath, Group> groups) {
    FileRecord record = file.record();
    String fragment = fragment(record);
    ResourceUri source = Origins.of(file);
    Transfers.Transfer transfer = transfer(store, ref, record, source, mode);
    if (!fragment.isEmpty() && isThere(source, transfer)) {
      transfer = new Transfers.Transfer(transfer.path(), transfer.uri(), new FileWork.Stays());
    }
    PlannedFile plan =
        new PlannedFile(
            store.name(),
            transfer.path(),
            transfer.uri(),
            transfer.work(),
            List.of(),
            false,
            Validation.SKIPPED);
    groups
        .computeIfAbsent(plan.artifact(), path -> new Group(plan))
        .rows
        .add(new PlannedFile.Row(ref, record.formatter(), fragment, record));
  }

  private static String fragment(FileRecord record) {
    String fragment =
        switch (RecordPath.parse(record.path())) {
          case RecordPath.Relative relative -> relative.fragment();
          case RecordPath.Absolute absolute -> absolute.uri().fragment();
        };
    return fragment.isEmpty() ? "" : "#" + fragment;
  }

  private Transfers.Transfer transfer(
      WritableStore store,
      DatasetRef ref,
      FileRecord record,
      ResourceUri source,
      TransferMode mode) {
    RecordPath path = RecordPath.parse(record.path());
    boolean outside = path instanceof RecordPath.Absolute;
    if (mode == TransferMode.DIRECT || (outside && mode == TransferMode.AUTO)) {
      return new Transfers.Transfer(source.toString(), source, new FileWork.Stays());
    }
    String target =
        switch (path) {
          case RecordPath.Relative relative ->
              record.path().substring(0, record.path().length() - fragment(record).length());
          case RecordPath.Absolute absolute ->
              new Naming(store)
                  .forIngest(named(ref, record), source.decodedPath(), record.formatter())
                  .path();
        };
    ResourceUri uri =
        path instanceof RecordPath.Relative relative
            ? store.store().root().resolve(relative.plain(), "")
            : store.store().root().resolve(target, "");
    return new Transfers.Transfer(
        target,
        uri,
        Origins.same(source, uri) ? new FileWork.Stays() : transfers.work(mode, source, uri));
  }

  /// The dataset that a template names: a component of it when the file is that of a component.
  private static DatasetRef named(DatasetRef ref, FileRecord record) {
    String component = record.component();
    return component == null
        ? ref
        : ref.as(ref.type().componentType(component, record.storageClass()));
  }

  private boolean isThere(ResourceUri source, Transfers.Transfer transfer) {
    return !(transfer.work() instanceof FileWork.Stays)
        && storages.of(transfer.uri()).sizeBytes(transfer.uri()).isPresent()
        && storages
            .of(transfer.uri())
            .sizeBytes(transfer.uri())
            .equals(storages.of(source).sizeBytes(source));
  }
}
