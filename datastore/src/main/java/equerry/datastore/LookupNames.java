package equerry.datastore;

import equerry.api.dimension.DimensionUniverse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names that a `datastore` section has entries for: dataset types, storage classes,
/// dimensions and instruments.
///
/// @param universe the dimensions
/// @param names the dataset types and storage classes that there are
/// @param instruments the instruments that there are
public record LookupNames(DimensionUniverse universe, Set<String> names, Set<String> instruments) {
  private static final Pattern OF_INSTRUMENT = Pattern.compile("([a-z_]+)<(.*)>");
  private static final Set<String> RESERVED = Set.of("default", "write_recipes", "all");

  public LookupNames {
    names = Set.copyOf(names);
    instruments = Set.copyOf(instruments);
  }

  /// The entries of a section for what does not exist, in sentences.
  ///
  /// @param section the section as it is written, null for none
  public List<String> faults(@Nullable Map<?, ?> section) {
    List<String> faults = new ArrayList<>();
    if (section != null) {
      visit(section, "datastore", 0, faults);
    }
    return faults;
  }

  private void visit(Map<?, ?> written, String where, int depth, List<String> faults) {
    Map<?, ?> section = written.get("datastore") instanceof Map<?, ?> inner ? inner : written;
    for (String part : List.of("templates", "formatters")) {
      if (section.get(part) instanceof Map<?, ?> entries) {
        entries.forEach((key, value) -> check(key, value, where + "." + part, faults));
      }
    }
    if (section.get("constraints") instanceof Map<?, ?> limits) {
      limits.forEach((verb, list) -> checkAll(list, where + ".constraints." + verb, faults));
    }
    if (section.get("datastores") instanceof List<?> children
        && depth < DatastoreSection.MAX_CHAIN_DEPTH) {
      for (int i = 0; i < children.size(); i++) {
        if (children.get(i) instanceof Map<?, ?> child) {
          visit(child, where + ".datastores[" + i + "]", depth + 1, faults);
        }
      }
    }
  }

  private void checkAll(@Nullable Object names, String where, List<String> faults) {
    if (names instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map) {
          map.forEach((key, value) -> check(key, value, where, faults));
        } else {
          check(entry, null, where, faults);
        }
      }
    }
  }

  private void check(
      @Nullable Object key, @Nullable Object value, String where, List<String> faults) {
    String name = String.valueOf(key);
    Matcher ofInstrument = OF_INSTRUMENT.matcher(name);
    if (ofInstrument.matches()) {
      if (!ofInstrument.group(1).equals("instrument")
          || !instruments.contains(ofInstrument.group(2))) {
        faults.add(where + " has entries for " + name + ", which does not exist.");
      }
      checkInner(value, where + "." + name, faults);
    } else if (!isKnown(name)) {
      faults.add(
          where + " has an entry for '" + name + "', which is no dataset type or storage class.");
    }
  }

  private void checkInner(@Nullable Object value, String where, List<String> faults) {
    if (value instanceof Map<?, ?> inner) {
      inner.forEach((key, written) -> check(key, null, where, faults));
    } else {
      checkAll(value, where, faults);
    }
  }

  private boolean isKnown(String name) {
    return names.contains(name)
        || RESERVED.contains(name)
        || name.indexOf('+') >= 0
            && Arrays.stream(name.split("\\+", -1))
                .filter(part -> !part.isEmpty())
                .allMatch(universe::hasDimension);
  }
}
