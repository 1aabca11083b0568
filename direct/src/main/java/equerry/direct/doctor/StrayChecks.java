package equerry.direct.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.api.error.ButlerException;
import equerry.datastore.FileStore;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Storage.Upload;
import equerry.datastore.survey.FileSurvey;
import equerry.datastore.survey.FileSurvey.Found;
import equerry.registry.doctor.RecordedFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds files that no record names, and those that their writer never finished.
///
/// Each batch of a listing is looked up after it was listed, so a file whose rows were committed
/// meanwhile is no stray; and files younger than [#before] are left alone, since their writer may be
/// about to commit.
///
/// @param recorded the records
/// @param survey the files
/// @param stores all datastores
/// @param strict those in which every file must have a record
/// @param before only what was last changed before this is looked at
/// @param kept which files are the repository's own, such as its database
record StrayChecks(
    RecordedFiles recorded,
    FileSurvey survey,
    List<FileStore> stores,
    List<FileStore> strict,
    Instant before,
    Predicate<ResourceUri> kept) {
  private static final int BATCH_FILES = 500;
  private static final Logger LOG = LoggerFactory.getLogger(StrayChecks.class);

  StrayChecks {
    stores = List.copyOf(stores);
    strict = List.copyOf(strict);
  }

  /// What was found, both by one pass over all files.
  record Strays(Finding strays, Finding unfinished) {}

  Strays examine() {
    Finding[] strays = {Finding.none(Ailment.STRAY_FILES)};
    Finding[] unfinished = {Finding.none(Ailment.UNFINISHED_FILES)};
    forEachBatch(
        (store, batch) -> {
          for (Found found : batch) {
            Finding[] which = found.unfinished() ? unfinished : strays;
            which[0] = which[0].plus(1, List.of(found.path()));
          }
        });
    forEachUpload(
        (store, upload) ->
            unfinished[0] = unfinished[0].plus(1, List.of("upload of " + upload.target().key())));
    return new Strays(strays[0], unfinished[0]);
  }

  /// Deletes what [#examine] finds of some ailments.
  void delete(Set<Ailment> ailments) {
    forEachBatch(
        (store, batch) -> {
          List<Found> chosen =
              batch.stream().filter(found -> ailments.contains(ailment(found))).toList();
          report(survey.delete(store, chosen));
        });
    if (ailments.contains(Ailment.UNFINISHED_FILES)) {
      List<Upload> uploads = new ArrayList<>();
      forEachUpload((store, upload) -> uploads.add(upload));
      uploads.forEach(survey::abort);
    }
  }

  private static Ailment ailment(Found found) {
    return found.unfinished() ? Ailment.UNFINISHED_FILES : Ailment.STRAY_FILES;
  }

  private static void report(Map<ResourceUri, ButlerException> failures) {
    failures.forEach((file, why) -> LOG.warn("{}", why.detail()));
  }

  private void forEachUpload(BiConsumer<FileStore, Upload> visitor) {
    for (FileStore store : strict) {
      survey.visitUploads(
          store,
          upload -> {
            if (upload.begunAt().isBefore(before)) {
              visitor.accept(store, upload);
            }
          });
    }
  }

  private void forEachBatch(BiConsumer<FileStore, List<Found>> visitor) {
    for (FileStore store : strict) {
      List<Found> batch = new ArrayList<>();
      survey.visit(
          store,
          found -> {
            boolean old = found.file().changedAt().isBefore(before);
            if (old && !kept.test(found.file().uri())) {
              batch.add(found);
            }
            if (batch.size() == BATCH_FILES) {
              visitor.accept(store, withoutRecord(store, batch));
              batch.clear();
            }
          });
      visitor.accept(store, withoutRecord(store, batch));
    }
  }

  private List<Found> withoutRecord(FileStore store, List<Found> batch) {
    Set<String> paths = new LinkedHashSet<>();
    batch.forEach(found -> paths.addAll(FileSurvey.names(found)));
    Set<String> named = recorded.named(store.name(), paths);
    Set<String> elsewhere = namedElsewhere(store, batch);
    return batch.stream()
        .filter(found -> FileSurvey.names(found).stream().noneMatch(named::contains))
        .filter(found -> !elsewhere.contains(found.file().uri().toString()))
        .toList();
  }

  /// Records of other datastores may name a file where it lies.
  private Set<String> namedElsewhere(FileStore store, List<Found> batch) {
    Set<String> uris = new LinkedHashSet<>();
    batch.forEach(found -> uris.add(found.file().uri().toString()));
    Set<String> named = new LinkedHashSet<>();
    stores.stream()
        .filter(other -> other != store)
        .forEach(other -> named.addAll(recorded.named(other.name(), uris)));
    return named;
  }
}
