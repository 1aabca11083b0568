package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which datasets a datastore takes.
///
/// What is accepted by name is taken, then what is rejected by name is not; then the word `all`
/// decides, rejection first; with an empty list of what is accepted, all the rest is taken.
public final class Constraints {
  /// Takes everything.
  public static final Constraints NONE = new Constraints(Set.of(), Set.of());

  private static final String ALL = "all";
  private static final Pattern INSTRUMENT = Pattern.compile("([a-z_]+)<(.*)>");

  private final Set<LookupKey> accepted;
  private final Set<LookupKey> rejected;

  private Constraints(Set<LookupKey> accepted, Set<LookupKey> rejected) {
    this.accepted = accepted;
    this.rejected = rejected;
  }

  /// Reads the section `constraints`, null for none; faults are added to those given.
  public static Constraints read(
      @Nullable Object section, Faults faults, DimensionUniverse universe) {
    if (section == null) {
      return NONE;
    }
    if (!(section instanceof Map<?, ?> map)) {
      faults.add("must be a mapping");
      return NONE;
    }
    Set<LookupKey> accepted = keys(map.get("accept"), faults.in("accept"), universe);
    Set<LookupKey> rejected = keys(map.get("reject"), faults.in("reject"), universe);
    LookupKey all = new LookupKey(ALL, null);
    if (accepted.contains(all) && rejected.contains(all)) {
      faults.add("accepts and rejects 'all'");
    }
    return new Constraints(accepted, rejected);
  }

  /// Whether a dataset is taken.
  public boolean accept(DatasetRef ref) {
    if (accepted.isEmpty() && rejected.isEmpty()) {
      return true;
    }
    List<LookupKey> names = LookupKey.of(ref);
    if (names.stream().anyMatch(accepted::contains)) {
      return true;
    }
    if (names.stream().anyMatch(rejected::contains)) {
      return false;
    }
    List<LookupKey> all = names.stream().map(key -> key.withSubject(ALL)).toList();
    if (all.stream().anyMatch(rejected::contains)) {
      return false;
    }
    return accepted.isEmpty() || all.stream().anyMatch(accepted::contains);
  }

  private static Set<LookupKey> keys(
      @Nullable Object written, Faults faults, DimensionUniverse universe) {
    Set<LookupKey> keys = new HashSet<>();
    if (written == null) {
      return keys;
    }
    if (!(written instanceof List<?> entries)) {
      faults.add("must be a list");
      return keys;
    }
    for (Object entry : entries) {
      if (entry instanceof String name) {
        keys.add(LookupKey.of(name, null, universe));
      } else if (entry instanceof Map<?, ?> map && map.size() == 1) {
        addForInstrument(keys, map.entrySet().iterator().next(), faults, universe);
      } else {
        faults.add("must hold names and mappings of the form instrument<NAME>: [names]");
      }
    }
    return keys;
  }

  private static void addForInstrument(
      Set<LookupKey> keys, Map.Entry<?, ?> entry, Faults faults, DimensionUniverse universe) {
    Matcher key = INSTRUMENT.matcher(String.valueOf(entry.getKey()));
    if (!key.matches() || !(entry.getValue() instanceof List<?> names)) {
      faults.add("has '" + entry.getKey() + "' where instrument<NAME>: [names] is due");
    } else if (key.group(1).equals("instrument")) {
      names.forEach(name -> keys.add(LookupKey.of(String.valueOf(name), key.group(2), universe)));
    }
  }
}
