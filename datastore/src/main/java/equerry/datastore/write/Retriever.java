package equerry.datastore.write;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.storage.FileFaults;
import equerry.datastore.storage.FileSource;
import equerry.datastore.storage.LinkKind;
import equerry.datastore.storage.LocalStorage;
import equerry.datastore.storage.Parallel;
import equerry.datastore.storage.StagedFile;
import equerry.datastore.storage.Storages;
import equerry.datastore.zip.DatasetZip;
import equerry.datastore.zip.ZipIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/// Brings files of datasets into a folder.
record Retriever(Storages storages, Stager stager, Presence presence, TemporaryFiles temporary) {
  List<RetrievedFile> retrieve(List<DatasetFiles> datasets, Path folder, RetrieveOptions options) {
    Retrieval plan = Retrieval.of(datasets, presence, options.layout());
    Map<String, RetrievedFile> fetched = new ConcurrentSkipListMap<>();
    Parallel.forEach(
        List.copyOf(plan.files().entrySet()),
        entry -> {
          Retrieval.Wanted wanted = entry.getValue();
          if (wanted.isZip()) {
            unpack(entry.getKey(), wanted, universe(datasets), folder, options, fetched);
          } else {
            Path target = within(folder, wanted.name());
            write(entry.getKey(), wanted.record().record(), target, options);
            fetched.put(wanted.name(), new RetrievedFile(target, wanted.record(), wanted.ids()));
          }
        });
    ZipIndex index = new ZipIndex(Retrieval.refs(datasets), members(fetched));
    stage(within(folder, ZipIndex.NAME), FileSource.of(DatasetZip.indexBytes(index))).place();
    return List.copyOf(new TreeMap<>(fetched).values());
  }

  private static DimensionUniverse universe(List<DatasetFiles> datasets) {
    return datasets.getFirst().ref().type().dimensions().universe();
  }

  private void write(ResourceUri source, FileRecord record, Path target, RetrieveOptions options) {
    refusePresent(target, options);
    Optional<LinkKind> link = linkKind(source, options.mode());
    if (link.isPresent()) {
      ResourceUri uri = ResourceUri.ofLocalPath(target.toString(), "");
      StagedFile linked = storages.local().stageLink(uri, LocalStorage.path(source), link.get());
      place(linked, () -> Integrity.checkSize(record, linked.sizeBytes()));
    } else {
      ChecksumSource copied = new ChecksumSource(stager.remote(source));
      StagedFile copy = stage(target, copied);
      place(
          copy,
          () -> {
            Integrity.checkSize(record, copy.sizeBytes());
            Integrity.checkSum(record, copied);
          });
    }
  }

  /// Makes a file visible unless something is wrong with it.
  private static void place(StagedFile staged, Runnable check) {
    try {
      check.run();
    } catch (RuntimeException wrong) {
      staged.undo();
      throw wrong;
    }
    staged.place();
  }

  private static Optional<LinkKind> linkKind(ResourceUri source, TransferMode mode) {
    if (source.kind() != StorageKind.LOCAL) {
      return Optional.empty();
    }
    return switch (mode) {
      case AUTO, LINK -> Optional.of(LinkKind.ANY);
      case HARDLINK -> Optional.of(LinkKind.HARD);
      case SYMLINK -> Optional.of(LinkKind.SYMBOLIC);
      case RELSYMLINK -> Optional.of(LinkKind.RELATIVE);
      case COPY, MOVE, DIRECT, SPLIT, IN_PLACE -> Optional.empty();
    };
  }

  private StagedFile stage(Path target, FileSource source) {
    return storages.local().stage(ResourceUri.ofLocalPath(target.toString(), ""), source);
  }

  private static void refusePresent(Path target, RetrieveOptions options) {
    if (options.present() == RetrieveOptions.Present.REFUSE && Files.exists(target)) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "The file '"
              + target.getFileName()
              + "' is there already. Choose another folder, or overwrite.");
    }
  }

  /// A path below the folder; a record must not lead out of it.
  private static Path within(Path folder, String name) {
    Path base = folder.toAbsolutePath().normalize();
    Path target = base.resolve(name).normalize();
    if (!target.startsWith(base) || target.equals(base)) {
      throw new ButlerException.Internal(
          "The file '" + PathText.name(name) + "' would be written out of its folder.", null);
    }
    return target;
  }

  private void unpack(
      ResourceUri source,
      Retrieval.Wanted wanted,
      DimensionUniverse universe,
      Path folder,
      RetrieveOptions options,
      Map<String, RetrievedFile> fetched) {
    try (TemporaryFiles.Borrowed file = temporary.borrow(source);
        DatasetZip zip = DatasetZip.open(file.path())) {
      ZipIndex index = zip.readIndex(universe);
      String place =
          options.layout() == RetrieveOptions.Layout.PATHS
              ? index.pathInStore().substring(0, index.pathInStore().lastIndexOf('/') + 1)
              : "";
      for (Map.Entry<String, ZipIndex.Member> entry : index.members().entrySet()) {
        List<UUID> ids = both(entry.getValue().ids(), wanted.ids());
        if (!ids.isEmpty()) {
          String name = place + entry.getKey();
          Path target = within(folder, name);
          refusePresent(target, options);
          stage(target, member(zip, entry.getKey())).place();
          fetched.put(
              name,
              new RetrievedFile(
                  target,
                  new StoredFile(wanted.record().datastore(), entry.getValue().record()),
                  ids));
        }
      }
    } catch (IOException e) {
      throw FileFaults.reading(source.decodedPath(), e);
    }
  }

  private static List<UUID> both(List<UUID> some, List<UUID> others) {
    Set<UUID> known = new HashSet<>(others);
    return some.stream().filter(known::contains).toList();
  }

  private static FileSource member(DatasetZip zip, String name) {
    return new FileSource() {
      @Override
      public InputStream open() throws IOException {
        return zip.open(name);
      }

      @Override
      public java.util.OptionalLong knownSizeBytes() {
        return java.util.OptionalLong.empty();
      }
    };
  }

  private static Map<String, ZipIndex.Member> members(Map<String, RetrievedFile> fetched) {
    Map<String, ZipIndex.Member> members = new LinkedHashMap<>();
    fetched.forEach(
        (name, file) ->
            members.put(name, new ZipIndex.Member(file.source().record(), file.datasetIds())));
    return members;
  }

  /// Members of zip files come along as members, under the names that they have.
  Path zip(List<DatasetFiles> datasets, Path folder, RetrieveOptions.Present present) {
    if (datasets.isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED, "A zip file of no datasets was asked for; nothing is changed.");
    }
    Retrieval plan = Retrieval.of(datasets, presence, RetrieveOptions.Layout.PREFIXED_NAMES);
    Map<String, ZipIndex.Member> members = new LinkedHashMap<>();
    Map<String, DatasetZip.Members> openers = new LinkedHashMap<>();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      plan.files()
          .forEach(
              (uri, wanted) -> {
                if (wanted.isZip()) {
                  opened.addAll(addMembers(uri, wanted, universe(datasets), members, openers));
                } else {
                  members.put(
                      wanted.name(), new ZipIndex.Member(wanted.record().record(), wanted.ids()));
                  openers.put(wanted.name(), name -> storages.of(uri).open(uri));
                }
              });
      return writeZip(new ZipIndex(Retrieval.refs(datasets), members), openers, folder, present);
    } finally {
      opened.reversed().forEach(Retriever::closeQuietly);
    }
  }

  private List<AutoCloseable> addMembers(
      ResourceUri uri,
      Retrieval.Wanted wanted,
      DimensionUniverse universe,
      Map<String, ZipIndex.Member> members,
      Map<String, DatasetZip.Members> openers) {
    TemporaryFiles.Borrowed file = temporary.borrow(uri);
    try {
      DatasetZip zip = DatasetZip.open(file.path());
      zip.readIndex(universe)
          .members()
          .forEach(
              (name, member) -> {
                List<UUID> ids = both(member.ids(), wanted.ids());
                if (!ids.isEmpty()) {
                  FileRecord record = member.record();
                  members.put(name, new ZipIndex.Member(record, ids));
                  openers.put(name, zip::open);
                }
              });
      return List.of(file, zip);
    } catch (IOException e) {
      file.close();
      throw FileFaults.reading(uri.decodedPath(), e);
    }
  }

  private static Path writeZip(
      ZipIndex index,
      Map<String, DatasetZip.Members> openers,
      Path folder,
      RetrieveOptions.Present present) {
    Path target = within(folder, index.fileName());
    refusePresent(
        target,
        new RetrieveOptions(TransferMode.COPY, RetrieveOptions.Layout.PREFIXED_NAMES, present));
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      DatasetZip.write(
          part, index, name -> java.util.Objects.requireNonNull(openers.get(name)).open(name));
      Files.move(
          part,
          target,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw FileFaults.writing(target.toString(), e);
    } finally {
      closeQuietly(() -> Files.deleteIfExists(part));
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(Retriever.class)
          .warn("A temporary file could not be closed or removed", e);
    }
  }
}
