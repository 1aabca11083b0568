package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import java.util.Map;
import java.util.Optional;

/// Entries of a datastore's configuration by what they are for.
record LookupTable<V>(Map<LookupKey, V> entries) {
  LookupTable {
    entries = Map.copyOf(entries);
  }

  /// The entry that fits a dataset best, without the section's default.
  Optional<V> find(DatasetRef ref) {
    return LookupKey.of(ref).stream()
        .filter(entries::containsKey)
        .findFirst()
        .map(key -> java.util.Objects.requireNonNull(entries.get(key)));
  }
}
