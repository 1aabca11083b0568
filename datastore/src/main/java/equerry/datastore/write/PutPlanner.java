package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.StorageClasses;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.api.file.Validation;
import equerry.datastore.WritableStore;
import equerry.datastore.WritableStores;
import equerry.datastore.storage.ContentSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Plans the files of datasets that are put.
record PutPlanner(WritableStores stores, StorageClasses classes) {
  List<PlannedFile> plan(List<PutRequest> requests) {
    List<PlannedFile> plans = new ArrayList<>();
    for (PutRequest request : requests) {
      List<WritableStore> accepting = stores.accepting(request.ref());
      if (accepting.isEmpty()) {
        throw rejected(request.ref());
      }
      accepting.forEach(store -> plan(store, request, plans));
    }
    return plans;
  }

  /// The error of a dataset that no datastore takes.
  static ButlerException rejected(DatasetRef ref) {
    return new ButlerException.Invalid(
        ErrorCode.DATASET_REJECTED,
        "No datastore of this repository accepts the dataset '"
            + ref.type().name()
            + "' "
            + ref.dataId()
            + ", by the constraints in its configuration. Nothing is changed.");
  }

  private void plan(WritableStore store, PutRequest request, List<PlannedFile> plans) {
    switch (request.content()) {
      case Content.Whole whole -> plans.add(plan(store, request.ref(), whole.source()));
      case Content.Parts parts -> {
        for (Map.Entry<String, Source> part : new TreeMap<>(parts.parts()).entrySet()) {
          plans.add(plan(store, component(request.ref(), part.getKey()), part.getValue()));
        }
      }
    }
  }

  /// A dataset as one of its components.
  DatasetRef component(DatasetRef ref, String component) {
    String storageClass =
        classes
            .findComponent(ref.type().storageClass(), component)
            .orElseThrow(
                () ->
                    new ButlerException.Invalid(
                        ErrorCode.UNKNOWN_COMPONENT,
                        "The storage class '"
                            + ref.type().storageClass()
                            + "' of '"
                            + ref.type().name()
                            + "' has no component '"
                            + component
                            + "'. Nothing is changed."));
    return ref.as(ref.type().componentType(component, storageClass));
  }

  private static PlannedFile plan(WritableStore store, DatasetRef ref, Source source) {
    ContentSource bytes =
        switch (source) {
          case Source.Bytes(byte[] content) -> ContentSource.of(content);
          case Source.LocalFile(var path) -> ContentSource.of(path);
        };
    String given = bytes.localFile().map(path -> String.valueOf(path.getFileName())).orElse("");
    Naming.Named named = new Naming(store).forPut(ref, given);
    return new PlannedFile(
        store.name(),
        named.path(),
        store.store().root().resolve(named.path(), ""),
        new FileWork.Write(bytes),
        List.of(new PlannedFile.Row(ref, named.formatter())),
        store.checksums(),
        Validation.RECORDED);
  }
}
