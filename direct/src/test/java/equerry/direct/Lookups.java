package equerry.direct;

import equerry.api.Butler;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.query.Predicate;
import equerry.api.query.Queries.Counting;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Short forms of what the tests of this package ask.
final class Lookups {
  private Lookups() {}

  static DatasetLookup lookup(String type, Map<String, Object> dataId, String... collections) {
    return new DatasetLookup(type, dataId, Map.of(), List.of(collections), null);
  }

  static Optional<DatasetRef> find(
      Butler butler, String type, Map<String, Object> dataId, String... collections) {
    return butler.datasets().find(lookup(type, dataId, collections), Expansion.NONE);
  }

  /// A query of all datasets of a type.
  static Query query(Butler butler, String type, String... collections) {
    DatasetType known = butler.datasetTypes().load(type);
    QueryTree tree =
        new QueryTree(
            known.dimensions(),
            Map.of(type, new QueryTree.DatasetSearch(List.of(collections), known.dimensions())),
            Map.of(),
            Map.of(),
            Predicate.TRUE,
            true);
    return new Query(tree, DataId.empty(butler.universe()), List.of());
  }

  static ResultSpec refs(Butler butler, String type) {
    DatasetType known = butler.datasetTypes().load(type);
    return new ResultSpec.Refs(
        type, known.dimensions(), known.storageClass(), false, true, ResultSpec.Options.NONE);
  }

  static long count(Butler butler, String type, String... collections) {
    return butler
        .queries()
        .count(query(butler, type, collections), refs(butler, type), new Counting(true, true));
  }
}
