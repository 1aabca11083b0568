package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.FileSource;
import equerry.api.file.TransferMode;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.storage.ContentSource;
import equerry.datastore.storage.FileFaults;
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

/// Brings files of datasets into a folder, from wherever they can be read.
///
/// Safe for use by many threads; [#close] ends connections.
public final class Retriever implements AutoCloseable {
  private final Storages storages;
  private final TemporaryFiles temporary;

  /// @param environment variables that describe object stores and credentials, and the folder for
  ///     temporary files
  public Retriever(Map<String, String> environment) {
    this.storages = new Storages(environment);
    this.temporary = TemporaryFiles.of(storages, environment);
  }

  @Override
  public void close() {
    storages.close();
  }

  /// Brings files into a folder, members of zip files unpacked, and writes the index
  /// `_butler_zip_index.json` beside them, as the stock package does.
  ///
  /// @param refs at least one dataset
  /// @throws ButlerException.NotFound (file_missing) when a dataset has no files, before any is fetched
  /// @throws ButlerException.Conflict (conflict) when a file is there already
  public List<RetrievedFile> retrieve(
      List<DatasetRef> refs, FileSource source, Path folder, RetrieveOptions options) {
    Retrieval plan = Retrieval.of(refs, source, options.layout());
    Map<String, RetrievedFile> fetched = new ConcurrentSkipListMap<>();
    for (List<Retrieval.Wanted> page : plan.pages()) {
      Parallel.forEach(
          List.copyOf(plan.locate(page).entrySet()),
          entry -> {
            Retrieval.Wanted wanted = entry.getKey();
            if (wanted.isZip()) {
              unpack(entry.getValue(), wanted, universe(refs), folder, options, fetched);
            } else {
              Path target = within(folder, wanted.name());
              write(entry.getValue(), wanted.record(), target, options);
              fetched.put(wanted.name(), new RetrievedFile(target, wanted.record(), wanted.ids()));
            }
          });
    }
    ZipIndex index = new ZipIndex(plan.refs(), members(fetched));
    stage(within(folder, ZipIndex.NAME), ContentSource.of(DatasetZip.indexBytes(index))).place();
    return List.copyOf(new TreeMap<>(fetched).values());
  }

  private static DimensionUniverse universe(List<DatasetRef> refs) {
    return refs.getFirst().type().dimensions().universe();
  }

  private void write(ResourceUri source, FileRecord record, Path target, RetrieveOptions options) {
    refusePresent(target, options);
    Optional<LinkKind> link = linkKind(source, options.mode());
    if (link.isPresent()) {
      ResourceUri uri = ResourceUri.ofLocalPath(target.toString(), "");
      StagedFile linked = storages.local().stageLink(uri, LocalStorage.path(source), link.get());
      place(linked, () -> Integrity.checkSize(record, linked.sizeBytes()));
    } else {
      ChecksumSource copied = new ChecksumSource(storages.content(source));
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

  private StagedFile stage(Path target, ContentSource source) {
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
          fetched.put(name, new RetrievedFile(target, entry.getValue().record(), ids));
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

  private static ContentSource member(DatasetZip zip, String name) {
    return new ContentSource() {
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
        (name, file) -> members.put(name, new ZipIndex.Member(file.record(), file.datasetIds())));
    return members;
  }

  /// Makes a zip file of datasets with an index, which any butler can ingest. Members of zip files
  /// come along as members, under the names that they have.
  ///
  /// @return the file, in the folder
  public Path zip(
      List<DatasetRef> refs, FileSource source, Path folder, RetrieveOptions.Present present) {
    if (refs.isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED, "A zip file of no datasets was asked for; nothing is changed.");
    }
    Retrieval plan = Retrieval.of(refs, source, RetrieveOptions.Layout.PREFIXED_NAMES);
    Map<String, ZipIndex.Member> members = new LinkedHashMap<>();
    Map<String, DatasetZip.Members> openers = new LinkedHashMap<>();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      for (Retrieval.Wanted wanted : plan.files()) {
        if (wanted.isZip()) {
          ResourceUri uri = locate(plan, wanted);
          opened.addAll(addMembers(uri, wanted, universe(refs), members, openers));
        } else {
          members.put(wanted.name(), new ZipIndex.Member(wanted.record(), wanted.ids()));
          openers.put(
              wanted.name(),
              name -> {
                ResourceUri uri = locate(plan, wanted);
                return storages.of(uri).open(uri);
              });
        }
      }
      return writeZip(new ZipIndex(plan.refs(), members), openers, folder, present);
    } finally {
      opened.reversed().forEach(Retriever::closeQuietly);
    }
  }

  private static ResourceUri locate(Retrieval plan, Retrieval.Wanted wanted) {
    return plan.locate(List.of(wanted)).values().iterator().next();
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
