package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferListener.Step;
import equerry.direct.exchange.document.DocumentHeader;
import equerry.direct.exchange.document.DocumentReader;
import equerry.direct.exchange.document.DocumentSource;
import equerry.direct.exchange.document.Meaning;
import equerry.direct.exchange.document.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What a document holds, found by reading it through once: all definitions, how much there is of
/// the rest, and in which order.
///
/// What cannot mean anything in the repository's universe is refused here, before any change.
final class Contents {
  private final DocumentHeader header;
  private final Butler butler;
  private final Map<String, DatasetType> types = new LinkedHashMap<>();
  private final Map<String, Part.Definition> collections = new LinkedHashMap<>();
  private final Set<String> usedTypes = new LinkedHashSet<>();
  private final LoadOrder order = new LoadOrder();
  private final Map<Step, Long> counts = new LinkedHashMap<>();

  private Contents(DocumentHeader header, Butler butler) {
    this.header = header;
    this.butler = butler;
  }

  /// Reads a document through.
  ///
  /// @throws ButlerException.Invalid (malformed, dimension_name, dimension_value)
  /// @throws ButlerException.NotFound (missing_dataset_type)
  static Contents read(DocumentSource source, Butler butler, TransferListener listener) {
    DocumentHeader header = DocumentHeader.read(source);
    Contents contents = new Contents(header, butler);
    Meaning meaning = contents.meaning();
    try (DocumentReader parts = DocumentReader.open(source)) {
      long position = 0;
      for (Part part : parts) {
        contents.add(part, meaning, position++);
        listener.advanced(Step.CHECKING, contents.total(), -1);
      }
    }
    contents.usedTypes.forEach(contents::type);
    if (meaning.madeDays()) {
      listener.warned(
          "The document is older than records of day_obs. They are made without timespans, since"
              + " only the instrument's class knows when its days begin.");
    }
    return contents;
  }

  private void add(Part part, Meaning meaning, long position) {
    switch (part) {
      case Part.Records records -> {
        meaning.records(records);
        count(Step.RECORDS, records.rows().size());
      }
      case Part.Definition definition -> collections.put(definition.name(), definition);
      case Part.Type type -> define(meaning.type(type));
      case Part.Datasets datasets -> {
        DatasetType known = types.get(datasets.datasetType());
        if (known != null) {
          meaning.files(known, datasets);
        }
        usedTypes.add(datasets.datasetType());
        count(Step.DATASETS, datasets.files().stream().mapToLong(f -> f.ids().size()).sum());
      }
      case Part.Members members -> count(Step.ASSOCIATIONS, members.ids().size());
      case Part.Certified certified -> count(Step.ASSOCIATIONS, certified.ids().size());
    }
    rank(part, butler.universe()).ifPresent(rank -> order.add(rank, position));
  }

  private void define(DatasetType type) {
    DatasetType before = types.putIfAbsent(type.name(), type);
    if (before != null && !before.equals(type)) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED,
          "The document defines dataset type '" + type.name() + "' twice, differently.");
    }
  }

  private void count(Step step, long more) {
    counts.merge(step, more, Long::sum);
  }

  /// When a part can be loaded: elements in universe order, then datasets, then associations.
  static OptionalInt rank(Part part, DimensionUniverse universe) {
    return switch (part) {
      case Part.Records records -> OptionalInt.of(rank(records.element(), universe));
      case Part.Datasets datasets -> OptionalInt.of(Integer.MAX_VALUE - 1);
      case Part.Members members -> OptionalInt.of(Integer.MAX_VALUE);
      case Part.Certified certified -> OptionalInt.of(Integer.MAX_VALUE);
      case Part.Definition definition -> OptionalInt.empty();
      case Part.Type type -> OptionalInt.empty();
    };
  }

  private static int rank(String element, DimensionUniverse universe) {
    List<DimensionElement> elements = universe.elements();
    return universe.findElement(element).map(elements::indexOf).orElse(0);
  }

  /// A new reading of the document's parts.
  Meaning meaning() {
    return new Meaning(header, butler.universe());
  }

  /// A dataset type of the document, or else of the repository.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type)
  DatasetType type(String name) {
    DatasetType type = types.get(name);
    return type == null ? butler.datasetTypes().load(name) : type;
  }

  List<DatasetType> types() {
    return List.copyOf(types.values());
  }

  /// The collections: runs first, chains last, each kind in the document's order.
  List<Part.Definition> collections() {
    List<Part.Definition> sorted = new ArrayList<>();
    for (CollectionType type :
        List.of(
            CollectionType.RUN,
            CollectionType.TAGGED,
            CollectionType.CALIBRATION,
            CollectionType.CHAINED)) {
      collections.values().stream().filter(each -> each.type() == type).forEach(sorted::add);
    }
    return sorted;
  }

  List<Set<Integer>> passes() {
    return order.passes();
  }

  long count(Step step) {
    return counts.getOrDefault(step, 0L);
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
