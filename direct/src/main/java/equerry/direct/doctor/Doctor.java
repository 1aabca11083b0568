package equerry.direct.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.DatastoreSection;
import equerry.datastore.FileStore;
import equerry.datastore.WritableStore;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.survey.FileSurvey;
import equerry.direct.DirectButler;
import equerry.direct.RepositoryConfig;
import equerry.direct.WritableDirectButler;
import equerry.registry.doctor.Examination;
import equerry.registry.write.TrashRows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with a repository, and mends what can be mended without losing anything.
///
/// Whatever the size of the repository, no more is held in memory than a page of records and a batch
/// of a listing.
public final class Doctor implements AutoCloseable {
  private final DirectButler butler;
  private final @Nullable WritableDirectButler writable;
  private final Examination tables;
  private final FileSurvey survey;
  private final RecordChecks records;
  private final StrayChecks strays;

  private Doctor(DirectButler butler, @Nullable WritableDirectButler writable, Place place) {
    this.butler = butler;
    this.writable = writable;
    this.tables = butler.examination();
    this.survey = new FileSurvey(butler.datastores(), place.environment());
    this.records = new RecordChecks(tables.files(), survey, butler.datastores().files());
    this.strays =
        new StrayChecks(
            tables.files(),
            survey,
            butler.datastores().files(),
            place.withoutTrusting(butler),
            Instant.now().minus(place.minAge()),
            place::isDatabase);
  }

  /// Where the repository is.
  ///
  /// @param database the file of its SQLite database; journals beside it have longer names
  private record Place(
      RepositoryConfig config,
      Map<String, String> environment,
      Optional<Path> database,
      Duration minAge) {
    static Place of(String location, DirectButler.Options options, Duration minAge) {
      RepositoryConfig config = RepositoryConfig.read(location, options.environment());
      return new Place(config, options.environment(), config.databaseFile(), minAge);
    }

    /// The datastores in which a file without a record is not a dataset all the same
    /// (`trust_get_request`).
    List<FileStore> withoutTrusting(DirectButler butler) {
      return DatastoreSection.readForWriting(
              config.datastore(), config.root(), environment, butler.universe())
          .files()
          .stream()
          .filter(store -> !store.trusted())
          .map(WritableStore::store)
          .toList();
    }

    boolean isDatabase(ResourceUri file) {
      return database.isPresent() && file.localPath().startsWith(database.get().toString());
    }
  }

  /// Opens a repository to look at it.
  ///
  /// @param location as for [DirectButler#open]
  /// @param minAge files that were changed later than so long ago are left alone, since their writer
  ///     may be about to commit
  public static Doctor open(String location, DirectButler.Options options, Duration minAge) {
    Place place = Place.of(location, options, minAge);
    return new Doctor(DirectButler.open(location, options), null, place);
  }

  /// Opens a repository to mend it.
  ///
  /// @param location as for [DirectButler#open]
  /// @param minAge as for [#open]
  public static Doctor openForMending(
      String location, DirectButler.Options options, Duration minAge) {
    Place place = Place.of(location, options, minAge);
    WritableDirectButler butler = DirectButler.openForWriting(location, options);
    return new Doctor(butler.readable(), butler, place);
  }

  /// Looks for ailments, and tells of each what there is, in their order.
  ///
  /// @throws ButlerException.Unavailable (file_unavailable) when a datastore cannot be looked at: its
  ///     files are not missing, but somebody has to bring it back
  public void examine(Set<Ailment> ailments, Consumer<Finding> findings) {
    if (!EnumSet.copyOf(ailments).removeAll(ofFiles())) {
      ailments.stream().sorted().map(tables::examine).forEach(findings);
      return;
    }
    refuseLostRoots();
    Set<Ailment> ofRecords = EnumSet.of(Ailment.MISSING_FILES, Ailment.WRONG_SIZES);
    Set<Ailment> ofListings = EnumSet.of(Ailment.STRAY_FILES, Ailment.UNFINISHED_FILES);
    ailments.stream().sorted().filter(tables::knows).map(tables::examine).forEach(findings);
    if (ailments.stream().anyMatch(ofRecords::contains)) {
      RecordChecks.Found found = records.examine();
      tell(ailments, findings, found.missing(), found.wrongSizes());
    }
    if (ailments.stream().anyMatch(ofListings::contains)) {
      StrayChecks.Strays found = strays.examine();
      tell(ailments, findings, found.strays(), found.unfinished());
    }
  }

  private static Set<Ailment> ofFiles() {
    return EnumSet.range(Ailment.MISSING_FILES, Ailment.UNFINISHED_FILES);
  }

  private static void tell(Set<Ailment> ailments, Consumer<Finding> findings, Finding... found) {
    for (Finding finding : found) {
      if (ailments.contains(finding.ailment())) {
        findings.accept(finding);
      }
    }
  }

  private void refuseLostRoots() {
    List<String> faults = butler.datastores().faults();
    if (!faults.isEmpty()) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          String.join(" ", faults) + " Bring it back, then look again. Nothing is changed.",
          null);
    }
  }

  /// Mends what can be mended of ailments, in their order. What is left, [#examine] tells.
  ///
  /// While datasets without records are left, stray files are kept: they may be theirs.
  public void mend(Set<Ailment> ailments) {
    WritableDirectButler repository = writable();
    refuseLostRoots();
    for (Ailment ailment : Ailment.values()) {
      if (ailments.contains(ailment) && tables.knows(ailment)) {
        repository.mend(ailment);
        if (ailment == Ailment.MISSING_RECORDS) {
          restoration().restore();
        }
        if (ailment == Ailment.TRASH) {
          repository.trash().empty(new TrashRows.Part.Everything());
        }
      }
    }
    strays.delete(deletable(ailments));
  }

  private Set<Ailment> deletable(Set<Ailment> ailments) {
    Set<Ailment> deletable = EnumSet.of(Ailment.STRAY_FILES, Ailment.UNFINISHED_FILES);
    deletable.retainAll(ailments);
    if (!tables.examine(Ailment.MISSING_RECORDS).isClean()) {
      deletable.remove(Ailment.STRAY_FILES);
    }
    return deletable;
  }

  /// Removes the datasets whose files or file records are gone, from every collection.
  public void forgetLost() {
    WritableDirectButler repository = writable();
    refuseLostRoots();
    records.forEachLost(ids -> purge(repository, ids));
    restoration().forEachLost(ids -> purge(repository, ids));
  }

  private static void purge(WritableDirectButler repository, Collection<UUID> ids) {
    repository.write(
        changes -> {
          changes.datasets().purge(repository.datasets().findAll(List.copyOf(ids)));
          return ids;
        });
  }

  private RecordRestoration restoration() {
    return new RecordRestoration(writable(), tables.files(), survey);
  }

  private WritableDirectButler writable() {
    if (writable == null) {
      throw new IllegalStateException("The repository is open for looking only.");
    }
    return writable;
  }

  @Override
  public void close() {
    survey.close();
    if (writable == null) {
      butler.close();
    } else {
      writable.close();
    }
  }
}
