package equerry.direct.doctor;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.datastore.FileStore;
import equerry.datastore.survey.FileSurvey;
import equerry.datastore.survey.FileSurvey.State;
import equerry.direct.WritableDirectButler;
import equerry.registry.doctor.RecordedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes records anew that have been lost, of datasets whose files lie where the configuration says
/// that they would be put.
record RecordRestoration(WritableDirectButler butler, RecordedFiles recorded, FileSurvey survey) {

  void restore() {
    forEachPage(
        (store, page) -> {
          List<StoredFile> found = new ArrayList<>();
          for (UUID id : page) {
            butler
                .datasets()
                .find(id, Expansion.RECORDS)
                .ifPresent(ref -> found.addAll(files(store, ref)));
          }
          if (!found.isEmpty()) {
            butler.restoreRecords(found);
          }
        });
  }

  /// Gives the datasets without records.
  void forEachLost(Consumer<List<UUID>> visitor) {
    forEachPage((store, page) -> visitor.accept(page));
  }

  private void forEachPage(java.util.function.BiConsumer<FileStore, List<UUID>> visitor) {
    for (FileStore store : butler.readable().datastores().files()) {
      @Nullable UUID last = null;
      List<UUID> page;
      while (!(page = recorded.withoutRecord(store.name(), last)).isEmpty()) {
        last = page.getLast();
        visitor.accept(store, page);
      }
    }
  }

  /// The files of a dataset, all of them or none.
  private List<StoredFile> files(FileStore store, DatasetRef ref) {
    List<StoredFile> expected = expected(store, ref);
    Map<StoredFile, State> states = survey.look(expected);
    List<StoredFile> found = new ArrayList<>();
    for (StoredFile file : expected) {
      if (states.get(file) instanceof FileSurvey.There(long sizeBytes)) {
        found.add(sized(file, sizeBytes));
      }
    }
    return found.size() == expected.size() ? found : List.of();
  }

  private List<StoredFile> expected(FileStore store, DatasetRef ref) {
    try {
      return butler.stores().predict(ref).stream()
          .filter(file -> file.datastore().equals(store.name()))
          .toList();
    } catch (ButlerException.Invalid noName) {
      return List.of();
    }
  }

  private static StoredFile sized(StoredFile file, long sizeBytes) {
    FileRecord record = file.record();
    return new StoredFile(
        file.datastore(),
        new FileRecord(
            record.datasetId(),
            record.component(),
            record.path(),
            record.formatter(),
            record.storageClass(),
            record.checksum(),
            sizeBytes));
  }
}
