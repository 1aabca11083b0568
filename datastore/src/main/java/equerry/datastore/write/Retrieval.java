package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.FileSource;
import equerry.api.file.FileSource.Lifetime;
import equerry.api.file.FileSource.Located;
import equerry.datastore.location.PathText;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Gatherers;

/// Which files are to be fetched for datasets, and what they will be called.
///
/// @param refs the datasets, in the order of run, dataset type and data ID
/// @param source where their files can be read
/// @param files each file once
record Retrieval(List<DatasetRef> refs, FileSource source, List<Wanted> files) {
  /// How many datasets a source is asked for at once.
  private static final int PAGE = 1000;

  /// How many files are fetched with links that were asked for together.
  private static final int FILES_AT_ONCE = 100;

  private static final String MEMBER = "zip-path=";
  private static final int PREFIX = 8;

  /// A file that is fetched, whole or by members.
  ///
  /// @param name path in the folder, of a file that is fetched whole
  /// @param record one of its records
  /// @param uri where it could be read when it was found
  /// @param ids the datasets in it that are wanted
  /// @param isZip whether its members are wanted and not itself
  record Wanted(String name, FileRecord record, ResourceUri uri, List<UUID> ids, boolean isZip) {}

  /// Plans what to fetch.
  ///
  /// @throws ButlerException.NotFound (file_missing) when a dataset has no files
  /// @throws ButlerException.Conflict (conflict) when two files would have one name
  static Retrieval of(List<DatasetRef> refs, FileSource source, RetrieveOptions.Layout layout) {
    List<DatasetRef> sorted =
        refs.stream()
            .sorted(
                Comparator.comparing(DatasetRef::run)
                    .thenComparing(ref -> ref.type().name())
                    .thenComparing(ref -> ref.dataId().toString()))
            .toList();
    Map<String, Wanted> byPath = new LinkedHashMap<>();
    for (List<DatasetRef> page : pieces(sorted, PAGE)) {
      Map<UUID, List<Located>> found = source.find(page.stream().map(DatasetRef::id).toList());
      for (DatasetRef ref : page) {
        for (Located file : files(ref, found)) {
          byPath
              .computeIfAbsent(wholePath(file.record()), path -> wanted(file, layout))
              .ids()
              .add(ref.id());
        }
      }
    }
    List<Wanted> files = List.copyOf(byPath.values());
    refuseCollisions(files);
    return new Retrieval(sorted, source, files);
  }

  private static List<Located> files(DatasetRef ref, Map<UUID, List<Located>> found) {
    List<Located> files = found.getOrDefault(ref.id(), List.of());
    if (files.isEmpty()) {
      throw new ButlerException.NotFound(
          ErrorCode.FILE_MISSING,
          "The dataset '"
              + ref.type().name()
              + "' "
              + ref.dataId()
              + " has no file in this repository. Nothing was retrieved; narrow the query.");
    }
    return files;
  }

  private static Wanted wanted(Located file, RetrieveOptions.Layout layout) {
    FileRecord record = file.record();
    return new Wanted(
        name(record, layout), record, Origins.of(file), new ArrayList<>(), isMember(record));
  }

  /// The path of a file, or of the zip file that it is in.
  private static String wholePath(FileRecord record) {
    return isMember(record)
        ? record.path().substring(0, record.path().lastIndexOf('#'))
        : record.path();
  }

  private static void refuseCollisions(List<Wanted> files) {
    Map<String, Wanted> byName = new LinkedHashMap<>();
    for (Wanted wanted : files) {
      if (!wanted.isZip() && byName.putIfAbsent(wanted.name(), wanted) != null) {
        throw new ButlerException.Conflict(
            ErrorCode.CONFLICT,
            "Two of the datasets have a file with the name '"
                + wanted.name()
                + "'. Keep the paths, or fetch them into two folders; nothing is changed.");
      }
    }
  }

  private static boolean isMember(FileRecord record) {
    String path = record.path();
    int hash = path.lastIndexOf('#');
    return hash >= 0
        && path.startsWith(MEMBER, hash + 1)
        && PathText.extension(path.substring(0, hash)).equals(".zip");
  }

  /// A file that lies outside of the datastore keeps its whole path below the folder.
  private static String name(FileRecord record, RetrieveOptions.Layout layout) {
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

  /// The files in pieces that are small enough for links to be still valid when they are used.
  List<List<Wanted>> pages() {
    return pieces(files, FILES_AT_ONCE);
  }

  private static <T> List<List<T>> pieces(List<T> all, int size) {
    return all.stream().gather(Gatherers.windowFixed(size)).toList();
  }

  /// Where files can be read now. Links that do not last are asked for again.
  Map<Wanted, ResourceUri> locate(List<Wanted> some) {
    Map<Wanted, ResourceUri> uris = new LinkedHashMap<>();
    some.forEach(wanted -> uris.put(wanted, wanted.uri()));
    if (source.lifetime() == Lifetime.MINUTES) {
      Map<UUID, List<Located>> found =
          source.find(some.stream().map(wanted -> wanted.ids().getFirst()).distinct().toList());
      for (Wanted wanted : some) {
        found.getOrDefault(wanted.ids().getFirst(), List.of()).stream()
            .filter(file -> wholePath(file.record()).equals(wholePath(wanted.record())))
            .findFirst()
            .ifPresent(file -> uris.put(wanted, Origins.of(file)));
      }
    }
    return uris;
  }
}
