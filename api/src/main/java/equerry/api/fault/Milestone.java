package equerry.api.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A step between the first byte of a file and the commit of its rows, at which a process may be
/// killed and must leave either nothing or everything.
///
/// With the system property `equerry.pauseAt=NAME=FILE` a process that comes to that step makes the
/// file and waits until somebody deletes it; tests kill it there, or take something away from it.
/// Otherwise passing a step does nothing.
public enum Milestone {
  /// The tables of a new repository are made, their first rows are next.
  REGISTRY_TABLES_MADE,
  /// The tables of a new repository are committed, its configuration is next.
  REPOSITORY_TABLES_COMMITTED,
  /// The configuration of a new repository is written beside its place.
  REPOSITORY_CONFIG_STAGED,
  /// A step of a migration is done, others or the commit are next.
  MIGRATION_STEP_DONE,
  /// A transaction has begun.
  WRITE_BEGUN,
  /// New datasets are in their table, not yet in their runs.
  DATASETS_ROWS_WRITTEN,
  /// The summary of a collection tells of what is to come into it.
  DATASETS_SUMMARY_WRITTEN,
  /// New datasets are in their runs.
  DATASETS_TAGS_WRITTEN,
  /// Datasets are in a TAGGED collection.
  DATASETS_ASSOCIATED,
  /// Datasets have their validity range.
  DATASETS_CERTIFIED,
  /// What lies outside of a time that is to become invalid is written anew, beside the whole.
  DATASETS_RANGES_SPLIT,
  /// Datasets are gone from the registry, their files are in the trash.
  DATASETS_DELETED,
  /// Runs are in no chain any more.
  RUNS_UNLINKED,
  /// Runs and their datasets are gone from the registry.
  RUNS_DELETED,
  /// The records of files are written, not yet which datastore has them.
  FILES_RECORDS_WRITTEN,
  /// The rows of files are complete.
  FILES_LOCATIONS_WRITTEN,
  /// Datasets have moved to the trash.
  TRASH_FILLED,
  /// The records of deleted files are gone.
  TRASH_FORGOTTEN,
  /// Every file has its name, the commit is next.
  FILES_PLACED,
  /// The row of a collection is written, that of the run is next.
  COLLECTION_INSERTED,
  /// Members of a chain are out, the new ones come next.
  CHAIN_MEMBERS_DELETED,
  /// A group of dimensions has a key, its dimensions come next.
  GROUP_KEY_INSERTED,
  /// The tables of a dataset type are made, its row is next.
  DATASET_TABLES_CREATED,
  /// The row of a dataset type is written.
  DATASET_TYPE_INSERTED,
  /// Dimension records are written, the pixels of their regions come next.
  RECORDS_INSERTED,
  /// The former pixels of regions are out, the new ones come next.
  OVERLAPS_DELETED,
  /// The pixels of regions are written.
  OVERLAPS_INSERTED,
  /// The ObsCore table of a repository is made, its attributes come next.
  OBSCORE_TABLE_MADE,
  /// Datasets have their rows in the ObsCore table.
  OBSCORE_ROWS_ADDED,
  /// Rows of exposures in the ObsCore table tell where they lie.
  OBSCORE_REGIONS_UPDATED,
  /// All rows are written, the commit is next.
  WRITE_BEFORE_COMMIT,
  /// The commit is done, what follows it is next.
  WRITE_COMMITTED,
  /// A file beside its target has its first bytes, or none.
  FILE_STAGING,
  /// A file beside its target is whole.
  FILE_STAGED,
  /// One file of a disassembled composite is staged, others are next.
  COMPONENT_STAGED,
  /// A zip file of datasets is staged.
  ZIP_STAGED,
  /// An upload in parts has begun.
  UPLOAD_BEGUN,
  /// A part of an upload is sent.
  UPLOAD_PART_SENT,
  /// All parts of an upload are sent.
  UPLOAD_STAGED,
  /// All files of a change are staged.
  STAGE_DONE,
  /// Files are made visible from here on.
  PLACE_BEGUN,
  /// A file is to be renamed next.
  FILE_BEFORE_PLACE,
  /// A file is visible under its name.
  FILE_PLACED,
  /// All files of a change are visible, their folders are written to disk next.
  PLACE_BEFORE_SYNC,
  /// All files of a change are visible and safe.
  PLACE_DONE,
  /// The source of a moved file is to be deleted next.
  SOURCE_BEFORE_DELETE,
  /// The source of a moved file is deleted.
  SOURCE_DELETED,
  /// Files of dropped datasets are deleted from here on.
  TRASH_BEGUN,
  /// A file is to be deleted next.
  FILE_BEFORE_DELETE,
  /// A file is deleted.
  FILE_DELETED,
  /// The sources of moved files are deleted after the commit.
  FILES_FINISHED,
  /// Files of the trash are deleted, their rows not yet.
  TRASH_FILES_DELETED,
  /// A page of the trash is emptied and committed.
  TRASH_PAGE_EMPTIED,
  /// A part of a document is committed, the next one is not begun.
  IMPORT_PART_COMMITTED,
  /// A page of datasets of another repository is committed, the next one is not begun.
  TRANSFER_PAGE_COMMITTED,
  /// The files of an export are in place, the document is not.
  EXPORT_FILES_PLACED;

  private static final long LOOK_AGAIN_NANOS = 10_000_000;
  private static final String PROPERTY = "equerry.pauseAt";
  private static final @Nullable String PAUSE_AT = System.getProperty(PROPERTY);

  /// Says that the step is reached.
  public void passed() {
    if (PAUSE_AT != null && PAUSE_AT.startsWith(name() + "=")) {
      pause(Path.of(PAUSE_AT.substring(name().length() + 1)));
    }
  }

  private static void pause(Path sign) {
    try {
      Files.createFile(sign);
    } catch (IOException failure) {
      throw new IllegalStateException("The sign of a pause cannot be made.", failure);
    }
    while (Files.exists(sign)) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
