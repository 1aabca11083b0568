package equerry.direct.exchange;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionType;
import equerry.api.collection.Collections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The collections of a document.
final class ExportedCollections {
  private final Map<String, CollectionInfo> byName = new TreeMap<>(PythonOrder.TEXTS);

  private ExportedCollections() {}

  static ExportedCollections load(Collections collections, Collection<String> names) {
    ExportedCollections exported = new ExportedCollections();
    names.forEach(name -> exported.byName.put(name, collections.load(name)));
    return exported;
  }

  /// By name; chains last, each after the chains among its members.
  List<CollectionInfo> inOrder() {
    List<CollectionInfo> order = new ArrayList<>();
    Map<String, CollectionInfo> chains = new TreeMap<>(PythonOrder.TEXTS);
    byName.forEach(
        (name, info) -> {
          if (info.type() == CollectionType.CHAINED) {
            chains.put(name, info);
          } else {
            order.add(info);
          }
        });
    while (!chains.isEmpty()) {
      List<CollectionInfo> ready =
          chains.values().stream()
              .filter(chain -> chain.children().stream().noneMatch(chains::containsKey))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("Chains with a cycle: " + chains.keySet());
      }
      order.addAll(ready);
      ready.forEach(chain -> chains.remove(chain.name()));
    }
    return order;
  }

  /// Those that datasets are sorted into, by name.
  List<CollectionInfo> associating() {
    return byName.values().stream()
        .filter(
            info ->
                info.type() == CollectionType.TAGGED || info.type() == CollectionType.CALIBRATION)
        .toList();
  }
}
