package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.file.FileSource;
import equerry.api.query.ResultStream;
import equerry.api.transfer.ExportRequest;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferListener.Step;
import equerry.direct.SeenIds;
import equerry.direct.exchange.document.DocumentWriter;
import equerry.direct.exchange.document.DocumentWriter.Exported;
import equerry.registry.write.Batches;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes datasets of a repository into a document, with all that another repository needs to take
/// them in: the same text as the stock package writes.
///
/// The datasets are read twice: first for their dimension records and runs, which come first in a
/// document, then type by type. What is held at once are the records, the ids, and the datasets of
/// one type. The document appears under its name when it is complete.
public final class Exporter {
  private static final int BATCH = 1_000;

  private final Butler butler;
  private final FileSource files;
  private final FilePlacing placing;

  /// @param files where the files of the butler's datasets are
  /// @param placing brings them where they are to be
  Exporter(Butler butler, FileSource files, FilePlacing placing) {
    this.butler = butler;
    this.files = files;
    this.placing = placing;
  }

  /// Writes the document.
  ///
  /// @return how many datasets are in it
  /// @throws ButlerException.NotFound (missing_collection; file_missing for a dataset without files)
  /// @throws ButlerException.Invalid (dataset_type) for one that is stored in parts or in a zip file
  public long export(ExportRequest request, TransferListener listener) throws IOException {
    RecordCollector records = new RecordCollector(butler);
    SeenIds ids = new SeenIds();
    Set<String> collections = new TreeSet<>(request.collections());
    for (DatasetType type : request.datasets().types()) {
      try (ResultStream<DatasetRef> refs = request.datasets().stream(type, Expansion.RECORDS)) {
        for (DatasetRef ref : refs) {
          if (ids.add(ref.id())) {
            records.add(ref);
            collections.add(ref.run());
            listener.advanced(Step.RECORDS, ids.size(), -1);
          }
        }
      }
    }
    Path document = request.document();
    Path part = Files.createTempFile(folderOf(document), "." + document.getFileName(), ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.US_ASCII)) {
        write(request, new Contents(records, ids, collections), writer, listener);
      }
      Milestone.EXPORT_FILES_PLACED.passed();
      Files.move(part, document, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return ids.size();
  }

  private static Path folderOf(Path document) {
    Path folder = document.toAbsolutePath().getParent();
    return folder == null ? document.toAbsolutePath() : folder;
  }

  private record Contents(RecordCollector records, SeenIds ids, Set<String> collections) {}

  private void write(
      ExportRequest request, Contents contents, Writer writer, TransferListener listener) {
    DocumentWriter document = new DocumentWriter(writer, butler.universe());
    contents.records().finish().forEach(document::records);
    ExportedCollections collections =
        ExportedCollections.load(butler.collections(), contents.collections());
    collections.inOrder().forEach(document::collection);
    List<DatasetType> types =
        request.datasets().types().stream()
            .sorted(Comparator.comparing(DatasetType::name, PythonOrder.TEXTS))
            .toList();
    long done = 0;
    for (DatasetType type : types) {
      for (Map.Entry<String, List<DatasetRef>> run : byRun(request, type).entrySet()) {
        document.datasets(type, run.getKey(), exported(run.getValue(), request));
        done += run.getValue().size();
        listener.advanced(Step.FILES, done, contents.ids().size());
      }
    }
    new ExportedAssociations(butler, contents.ids(), types).write(collections, document, listener);
    document.finish();
  }

  private static Map<String, List<DatasetRef>> byRun(ExportRequest request, DatasetType type) {
    Map<UUID, DatasetRef> once = new LinkedHashMap<>();
    try (ResultStream<DatasetRef> refs = request.datasets().stream(type, Expansion.NONE)) {
      refs.forEach(ref -> once.putIfAbsent(ref.id(), ref));
    }
    Map<String, List<DatasetRef>> byRun = new TreeMap<>(PythonOrder.TEXTS);
    once.values()
        .forEach(ref -> byRun.computeIfAbsent(ref.run(), run -> new ArrayList<>()).add(ref));
    return byRun;
  }

  private List<Exported> exported(List<DatasetRef> refs, ExportRequest request) {
    List<Exported> exported = new ArrayList<>();
    for (List<DatasetRef> batch : Batches.of(refs, BATCH)) {
      Map<UUID, List<FileSource.Located>> found =
          files.find(batch.stream().map(DatasetRef::id).toList());
      List<FilePlacing.Sourced> sourced =
          batch.stream()
              .map(ref -> new FilePlacing.Sourced(ref, single(ref, found.get(ref.id()))))
              .toList();
      exported.addAll(placing.place(sourced, request.placement()));
    }
    exported.sort(Comparator.comparing(Exported::path, PythonOrder.TEXTS));
    return exported;
  }

  private static FileSource.Located single(
      DatasetRef ref, @Nullable List<FileSource.Located> found) {
    if (found == null || found.isEmpty()) {
      throw new ButlerException.NotFound(
          ErrorCode.FILE_MISSING,
          "Dataset %s of type '%s' with data ID %s has no file, so it cannot be exported."
              .formatted(ref.id(), ref.type().name(), ref.dataId()));
    }
    FileSource.Located file = found.getFirst();
    if (found.size() > 1 || file.record().path().indexOf('#') >= 0) {
      throw new ButlerException.Invalid(
          ErrorCode.DATASET_TYPE,
          ("Dataset %s of type '%s' is stored in parts or in a zip file, for which documents have no"
                  + " form; retrieve it as a zip file, or transfer it.")
              .formatted(ref.id(), ref.type().name()));
    }
    return file;
  }
}
