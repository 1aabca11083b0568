package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileDataset;
import equerry.api.file.StoredFile;
import equerry.api.transfer.ImportRequest.Ingestion;
import equerry.api.transfer.TransferListener.Step;
import equerry.direct.exchange.document.Meaning;
import equerry.direct.exchange.document.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes steps of the datasets of a document and of what collections do with them.
final class DatasetLoading {
  private final Butler butler;
  private final Ingestion files;
  private final Memory memory;
  private final Map<UUID, DatasetRef> remembered = new HashMap<>();
  private final CertifiedAlready certifiedAlready;

  private enum Memory {
    ALL,
    NONE
  }

  private DatasetLoading(Butler butler, Ingestion files, Memory memory) {
    this.butler = butler;
    this.files = files;
    this.memory = memory;
    this.certifiedAlready = new CertifiedAlready(butler);
  }

  /// For a document whose datasets are not in the repository before its end, and can all be held.
  static DatasetLoading remembering(Butler butler, Ingestion files) {
    return new DatasetLoading(butler, files, Memory.ALL);
  }

  /// For a document whose datasets are in the repository when they are associated.
  static DatasetLoading lookingUp(Butler butler, Ingestion files) {
    return new DatasetLoading(butler, files, Memory.NONE);
  }

  LoadStep datasets(List<Meaning.File> given) {
    List<DatasetRef> refs = given.stream().flatMap(file -> file.refs().stream()).toList();
    if (memory == Memory.ALL) {
      refs.forEach(ref -> remembered.put(ref.id(), ref));
    }
    return switch (files) {
      case Ingestion.Skip skip ->
          new LoadStep(Step.DATASETS, refs.size(), changes -> changes.datasets().adopt(refs));
      case Ingestion.Ingest ingest -> {
        List<FileDataset> missing = missing(given, refs, ingest);
        yield new LoadStep(
            Step.DATASETS,
            refs.size(),
            changes -> {
              changes.datasets().adopt(refs);
              if (!missing.isEmpty()) {
                changes.files().ingest(missing, ingest.mode(), ingest.validation());
              }
            });
      }
    };
  }

  /// The files whose datasets have none yet.
  private List<FileDataset> missing(
      List<Meaning.File> given, List<DatasetRef> refs, Ingestion.Ingest ingest) {
    Map<UUID, List<StoredFile>> stored =
        butler.files().findAll(refs.stream().map(DatasetRef::id).toList());
    List<FileDataset> missing = new ArrayList<>();
    for (Meaning.File file : given) {
      if (file.refs().stream().noneMatch(ref -> stored.containsKey(ref.id()))) {
        missing.add(
            new FileDataset(
                DocumentPaths.resolve(ingest.folder(), path(file)), file.refs(), file.formatter()));
      }
    }
    return missing;
  }

  private static String path(Meaning.File file) {
    String path = file.path();
    if (path == null) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED,
          "The document names no file of dataset "
              + file.refs().getFirst().id()
              + "; import it without files.");
    }
    return path;
  }

  LoadStep members(Part.Members members) {
    List<DatasetRef> refs = refs(members.ids());
    return new LoadStep(
        Step.ASSOCIATIONS,
        refs.size(),
        changes -> changes.datasets().associate(members.collection(), refs));
  }

  LoadStep certified(Part.Certified certified) {
    Collection<DatasetRef> refs =
        certifiedAlready.without(
            certified.collection(), certified.timespan(), refs(certified.ids()));
    return new LoadStep(
        Step.ASSOCIATIONS,
        certified.ids().size(),
        changes -> {
          if (!refs.isEmpty()) {
            changes.datasets().certify(certified.collection(), refs, certified.timespan());
          }
        });
  }

  private List<DatasetRef> refs(List<UUID> ids) {
    Map<UUID, DatasetRef> found = new HashMap<>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : ids) {
      DatasetRef known = remembered.get(id);
      if (known == null) {
        unknown.add(id);
      } else {
        found.put(id, known);
      }
    }
    if (!unknown.isEmpty()) {
      butler.datasets().findAll(unknown).forEach(ref -> found.put(ref.id(), ref));
    }
    return ids.stream().map(id -> known(id, found)).toList();
  }

  private static DatasetRef known(UUID id, Map<UUID, DatasetRef> found) {
    DatasetRef ref = found.get(id);
    if (ref == null) {
      throw new ButlerException.NotFound(
          ErrorCode.DATASET_NOT_FOUND,
          "The document puts dataset "
              + id
              + " into a collection, but neither it nor the repository has that dataset.");
    }
    return ref;
  }
}
