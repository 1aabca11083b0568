package equerry.direct.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.datastore.FileStore;
import equerry.datastore.survey.FileSurvey;
import equerry.datastore.survey.FileSurvey.State;
import equerry.registry.doctor.RecordedFiles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks whether the files that records name are there and as long as they say.
///
/// @param recorded the records
/// @param survey the files
/// @param stores the datastores
record RecordChecks(RecordedFiles recorded, FileSurvey survey, List<FileStore> stores) {
  RecordChecks {
    stores = List.copyOf(stores);
  }

  /// What was found, both by one pass over all records.
  record Found(Finding missing, Finding wrongSizes) {
    static Found nothing() {
      return new Found(Finding.none(Ailment.MISSING_FILES), Finding.none(Ailment.WRONG_SIZES));
    }

    private Found withMissing(FileRecord record) {
      return new Found(missing.plus(1, List.of(example(record))), wrongSizes);
    }

    private Found withWrongSize(FileRecord record, long sizeBytes) {
      String example =
          "%s has %d bytes, not %d".formatted(example(record), sizeBytes, record.sizeBytes());
      return new Found(missing, wrongSizes.plus(1, List.of(example)));
    }

    private static String example(FileRecord record) {
      return record.path() + " of dataset " + record.datasetId();
    }
  }

  Found examine() {
    Found[] found = {Found.nothing()};
    forEachPage(
        page ->
            survey
                .look(page)
                .forEach((file, state) -> found[0] = judge(found[0], file.record(), state)));
    return found[0];
  }

  private static Found judge(Found before, FileRecord record, State state) {
    return switch (state) {
      case FileSurvey.Missing missing -> before.withMissing(record);
      case FileSurvey.There(long sizeBytes) -> {
        boolean known = sizeBytes >= 0 && record.sizeBytes() >= 0 && !isMember(record);
        yield known && sizeBytes != record.sizeBytes()
            ? before.withWrongSize(record, sizeBytes)
            : before;
      }
      case FileSurvey.Unknown unknown -> before;
    };
  }

  /// The size of a member of a zip file is not that of the zip file.
  private static boolean isMember(FileRecord record) {
    return record.path().contains("#zip-path=");
  }

  /// Gives the datasets that have lost a file, a page of records at a time.
  void forEachLost(Consumer<Set<UUID>> visitor) {
    forEachPage(
        page -> {
          Set<UUID> lost = new LinkedHashSet<>();
          survey
              .look(page)
              .forEach(
                  (file, state) -> {
                    if (state instanceof FileSurvey.Missing) {
                      lost.add(file.record().datasetId());
                    }
                  });
          if (!lost.isEmpty()) {
            visitor.accept(lost);
          }
        });
  }

  private void forEachPage(Consumer<List<StoredFile>> visitor) {
    for (FileStore store : stores) {
      @Nullable StoredFile last = null;
      List<StoredFile> page;
      while (!(page = recorded.page(store.name(), last)).isEmpty()) {
        visitor.accept(page);
        last = page.getLast();
      }
    }
  }
}
