package equerry.datastore.template;

import equerry.api.dimension.DimensionUniverse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a section whose keys are [LookupKey]s, with sub-sections `instrument<NAME>`.
///
/// @param universe what dimensions in keys mean
/// @param reserved keys that mean something else in this section
record LookupSection(DimensionUniverse universe, Set<String> reserved) {
  private static final Pattern INSTRUMENT = Pattern.compile("([a-z_]+)<(.*)>");

  /// Reads all entries.
  ///
  /// @param value reads one value and tells of its faults
  <V> LookupTable<V> read(
      Map<?, ?> section, Faults faults, BiFunction<Object, Faults, Optional<V>> value) {
    Map<LookupKey, V> entries = new HashMap<>();
    section.forEach(
        (key, written) -> {
          String name = String.valueOf(key);
          Matcher instrument = INSTRUMENT.matcher(name);
          if (instrument.matches() && written instanceof Map<?, ?> inner) {
            if (instrument.group(1).equals("instrument")) {
              inner.forEach(
                  (k, v) -> put(entries, k, instrument.group(2), v, faults.in(name), value));
            }
          } else if (!reserved.contains(name)) {
            put(entries, name, null, written, faults, value);
          }
        });
    return new LookupTable<>(entries);
  }

  private <V> void put(
      Map<LookupKey, V> entries,
      Object name,
      @Nullable String instrument,
      @Nullable Object written,
      Faults faults,
      BiFunction<Object, Faults, Optional<V>> value) {
    String text = String.valueOf(name);
    if (written == null) {
      faults.in(text).add("has no value");
      return;
    }
    value
        .apply(written, faults.in(text))
        .ifPresent(read -> entries.put(LookupKey.of(text, instrument, universe), read));
  }
}
