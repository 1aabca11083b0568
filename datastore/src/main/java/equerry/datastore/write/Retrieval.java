package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.datastore.location.PathText;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Which files are to be fetched for datasets, and what they will be called.
///
/// @param files each file once, by where it lies
record Retrieval(Map<ResourceUri, Wanted> files) {
  private static final String MEMBER = "zip-path=";
  private static final int PREFIX = 8;

  /// A file that is fetched, whole or by members.
  ///
  /// @param name path in the folder, of a file that is fetched whole
  /// @param record one of its records
  /// @param ids the datasets in it that are wanted
  /// @param isZip whether its members are wanted and not itself
  record Wanted(String name, StoredFile record, List<UUID> ids, boolean isZip) {}

  /// Plans what to fetch, in the order of run, dataset type and data ID.
  ///
  /// @throws ButlerException.NotFound (file_missing) when a dataset has no files
  static Retrieval of(
      List<DatasetFiles> datasets, Presence presence, RetrieveOptions.Layout layout) {
    Map<ResourceUri, Wanted> files = new LinkedHashMap<>();
    for (DatasetFiles dataset : sorted(datasets)) {
      if (dataset.files().isEmpty()) {
        throw new ButlerException.NotFound(
            ErrorCode.FILE_MISSING,
            "The dataset '"
                + dataset.ref().type().name()
                + "' "
                + dataset.ref().dataId()
                + " has no file in this repository.");
      }
      for (StoredFile file : dataset.files()) {
        files
            .computeIfAbsent(
                presence.artifact(file),
                uri -> new Wanted(name(file, layout), file, new ArrayList<>(), isMember(file)))
            .ids()
            .add(dataset.ref().id());
      }
    }
    refuseCollisions(files);
    return new Retrieval(files);
  }

  private static List<DatasetFiles> sorted(List<DatasetFiles> datasets) {
    return datasets.stream()
        .sorted(
            Comparator.comparing((DatasetFiles d) -> d.ref().run())
                .thenComparing(d -> d.ref().type().name())
                .thenComparing(d -> d.ref().dataId().toString()))
        .toList();
  }

  private static void refuseCollisions(Map<ResourceUri, Wanted> files) {
    Map<String, Wanted> byName = new LinkedHashMap<>();
    for (Wanted wanted : files.values()) {
      if (!wanted.isZip() && byName.putIfAbsent(wanted.name(), wanted) != null) {
        throw new ButlerException.Conflict(
            ErrorCode.CONFLICT,
            "Two of the datasets have a file with the name '"
                + wanted.name()
                + "'. Keep the paths, or fetch them into two folders; nothing is changed.");
      }
    }
  }

  private static boolean isMember(StoredFile file) {
    String path = file.record().path();
    int hash = path.lastIndexOf('#');
    return hash >= 0
        && path.startsWith(MEMBER, hash + 1)
        && PathText.extension(path.substring(0, hash)).equals(".zip");
  }

  /// A file that lies outside of the datastore keeps its whole path below the folder.
  private static String name(StoredFile file, RetrieveOptions.Layout layout) {
    FileRecord record = file.record();
    String path =
        switch (RecordPath.parse(record.path())) {
          case RecordPath.Relative relative -> relative.plain();
          case RecordPath.Absolute absolute -> PathText.normalized(absolute.uri().key());
        };
    return switch (layout) {
      case PATHS -> path;
      case NAMES -> PathText.name(path);
      case PREFIXED_NAMES ->
          record.datasetId().toString().substring(0, PREFIX) + "-" + PathText.name(path);
    };
  }

  /// The datasets of the index that goes with the files.
  static List<DatasetRef> refs(List<DatasetFiles> datasets) {
    return sorted(datasets).stream().map(DatasetFiles::ref).toList();
  }
}
