package equerry.direct.exchange;

import equerry.api.Changes;
import equerry.api.WritableButler;
import equerry.api.collection.CollectionType;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.transfer.ImportReport;
import equerry.api.transfer.ImportRequest;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferListener.Step;
import equerry.direct.exchange.document.DocumentReader;
import equerry.direct.exchange.document.DocumentSource;
import equerry.direct.exchange.document.Meaning;
import equerry.direct.exchange.document.Part;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Takes a document into a repository (see [equerry.api.transfer.Arrivals#importDocument]).
///
/// Whatever a step needs to know of the repository is looked up before its transaction begins: a
/// reader beside a large transaction would wait for it on SQLite.
final class Importer {
  /// How much is one transaction, in records, datasets and associations.
  ///
  /// @param wholeItems the largest document that is one
  /// @param partItems how much of a larger document is one
  record Sizes(long wholeItems, long partItems) {
    static final Sizes DEFAULT = new Sizes(100_000, 10_000);
  }

  private final WritableButler butler;
  private final ImportRequest request;
  private final DocumentSource source;
  private final TransferListener listener;
  private final Sizes sizes;
  private final Map<Step, Long> done = new EnumMap<>(Step.class);

  Importer(WritableButler butler, ImportRequest request, TransferListener listener, Sizes sizes) {
    this.sizes = sizes;
    this.butler = butler;
    this.request = request;
    this.source = new FileDocument(request.document());
    this.listener = listener;
  }

  ImportReport run() {
    try {
      Contents contents = Contents.read(source, butler, listener);
      if (contents.total() <= sizes.wholeItems()) {
        loadAtOnce(contents);
      } else {
        loadByParts(contents);
      }
      return new ImportReport(
          contents.count(Step.RECORDS),
          contents.count(Step.DATASETS),
          contents.count(Step.ASSOCIATIONS));
    } catch (UncheckedIOException unreadable) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          "The document " + source.name() + " cannot be read.",
          unreadable);
    }
  }

  private void loadAtOnce(Contents contents) {
    List<LoadStep> steps = new ArrayList<>();
    steps.add(definitions(contents));
    DatasetLoading loading = DatasetLoading.remembering(butler, request.files());
    forEachStep(contents, loading, steps::add);
    write(steps, contents);
  }

  private void loadByParts(Contents contents) {
    write(List.of(definitions(contents)), contents);
    DatasetLoading loading = DatasetLoading.lookingUp(butler, request.files());
    List<LoadStep> pending = new ArrayList<>();
    forEachStep(
        contents,
        loading,
        step -> {
          pending.add(step);
          if (pending.stream().mapToLong(LoadStep::items).sum() >= sizes.partItems()) {
            flush(pending, contents);
          }
        },
        () -> flush(pending, contents));
    flush(pending, contents);
  }

  private void flush(List<LoadStep> pending, Contents contents) {
    if (!pending.isEmpty()) {
      write(pending, contents);
      pending.clear();
    }
  }

  private void write(List<LoadStep> steps, Contents contents) {
    butler.<Boolean>write(
        changes -> {
          steps.forEach(step -> step.work().accept(changes));
          return true;
        });
    Milestone.IMPORT_PART_COMMITTED.passed();
    for (LoadStep step : steps) {
      long all = done.merge(step.step(), step.items(), Long::sum);
      if (step.items() > 0) {
        listener.advanced(step.step(), all, contents.count(step.step()));
      }
    }
  }

  private static LoadStep definitions(Contents contents) {
    return new LoadStep(Step.RECORDS, 0, changes -> define(contents, changes));
  }

  private static void define(Contents contents, Changes changes) {
    contents.types().forEach(changes.datasetTypes()::register);
    for (Part.Definition collection : contents.collections()) {
      changes.collections().register(collection.name(), collection.type(), collection.doc());
      if (collection.type() == CollectionType.CHAINED) {
        changes.collections().redefineChain(collection.name(), collection.children());
      }
    }
  }

  private void forEachStep(Contents contents, DatasetLoading loading, Consumer<LoadStep> consumer) {
    forEachStep(contents, loading, consumer, () -> {});
  }

  /// @param beforeAssociations runs before the first association of a reading is looked up
  private void forEachStep(
      Contents contents,
      DatasetLoading loading,
      Consumer<LoadStep> consumer,
      Runnable beforeAssociations) {
    for (Set<Integer> ranks : contents.passes()) {
      Meaning meaning = contents.meaning();
      boolean associating = false;
      try (DocumentReader parts = DocumentReader.open(source)) {
        for (Part part : parts) {
          var rank = Contents.rank(part, butler.universe());
          if (rank.isEmpty() || !ranks.contains(rank.getAsInt())) {
            continue;
          }
          boolean association = part instanceof Part.Members || part instanceof Part.Certified;
          if (association && !associating) {
            beforeAssociations.run();
            associating = true;
          }
          steps(part, meaning, contents, loading).forEach(consumer);
        }
      }
    }
  }

  private List<LoadStep> steps(
      Part part, Meaning meaning, Contents contents, DatasetLoading loading) {
    return switch (part) {
      case Part.Records records ->
          meaning.records(records).stream()
              .filter(each -> !request.skippedElements().contains(each.element().name()))
              .map(Importer::records)
              .toList();
      case Part.Datasets datasets ->
          List.of(loading.datasets(meaning.files(contents.type(datasets.datasetType()), datasets)));
      case Part.Members members -> List.of(loading.members(members));
      case Part.Certified certified -> List.of(loading.certified(certified));
      case Part.Definition definition -> List.of();
      case Part.Type type -> List.of();
    };
  }

  private static LoadStep records(Meaning.Records records) {
    return new LoadStep(
        Step.RECORDS,
        records.records().size(),
        changes -> changes.records().insert(records.records(), OnConflict.SKIP));
  }
}
