package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.error.ButlerException;
import equerry.api.query.ResultStream;
import equerry.api.selection.GeneralRow;
import equerry.api.selection.Selection.Search;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells which datasets have a validity range already, so that an import which was interrupted can
/// go on: to certify them once more would be a conflict.
final class CertifiedAlready {
  private final Butler butler;
  private final Map<String, Set<String>> typesOf = new HashMap<>();

  CertifiedAlready(Butler butler) {
    this.butler = butler;
  }

  /// The datasets that are not valid in a collection for exactly a time.
  Collection<DatasetRef> without(
      String collection, Timespan timespan, Collection<DatasetRef> refs) {
    Map<DatasetType, List<DatasetRef>> byType = new LinkedHashMap<>();
    refs.forEach(ref -> byType.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref));
    Set<Object> known = new HashSet<>();
    byType.forEach(
        (type, some) -> {
          if (types(collection).contains(type.name())) {
            addKnown(collection, timespan, some, known);
          }
        });
    return refs.stream().filter(ref -> !known.contains(ref.id())).toList();
  }

  /// The types that the collection had when it was first asked for.
  private Set<String> types(String collection) {
    return typesOf.computeIfAbsent(
        collection,
        name -> {
          Set<String> types = new HashSet<>();
          try {
            butler
                .collections()
                .loadSummary(name)
                .datasetTypes()
                .forEach(type -> types.add(type.name()));
          } catch (ButlerException.NotFound notYet) {
            // It will be made with this import.
          }
          return types;
        });
  }

  private void addKnown(
      String collection, Timespan timespan, List<DatasetRef> refs, Set<Object> known) {
    DatasetType type = refs.getFirst().type();
    String id = type.name() + ".dataset_id";
    String range = type.name() + ".timespan";
    try (ResultStream<GeneralRow> rows =
        butler
            .query()
            .joinDataIds(refs.stream().map(DatasetRef::dataId).distinct().toList())
            .joinDatasets(type.name(), collection)
            .general(type.dimensions().names(), Search.ALL, id, range)
            .stream()) {
      for (GeneralRow row : rows) {
        if (timespan.equals(row.value(range))) {
          known.add(java.util.Objects.requireNonNull(row.value(id)));
        }
      }
    }
  }
}
