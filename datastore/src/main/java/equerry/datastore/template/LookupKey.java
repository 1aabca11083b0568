package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an entry of a datastore's configuration is for: a dataset type, a storage class or all
/// dataset types with some dimensions; of every instrument or of one.
///
/// @param subject a name, or dimensions in canonical form
/// @param instrument the one instrument that it is for, null for any
record LookupKey(String subject, @Nullable String instrument) {
  /// Reads a key of a configuration. Names with a `+` are dimensions, unless the universe does not
  /// know one of them.
  static LookupKey of(String text, @Nullable String instrument, DimensionUniverse universe) {
    if (text.indexOf('+') < 0) {
      return new LookupKey(text, instrument);
    }
    List<String> names =
        Arrays.stream(text.split("\\+", -1)).filter(name -> !name.isEmpty()).toList();
    boolean known = names.stream().allMatch(universe::hasDimension);
    return new LookupKey(known ? canonical(universe.group(names)) : text, instrument);
  }

  /// The keys that fit a dataset, in the order in which they are tried: first those for its
  /// instrument, then those for any.
  static List<LookupKey> of(DatasetRef ref) {
    List<String> subjects = subjects(ref.type());
    List<LookupKey> keys = new ArrayList<>();
    ref.dataId()
        .find("instrument")
        .ifPresent(
            name -> subjects.forEach(subject -> keys.add(new LookupKey(subject, name.toString()))));
    subjects.forEach(subject -> keys.add(new LookupKey(subject, null)));
    return keys;
  }

  /// The same key for another subject.
  LookupKey withSubject(String other) {
    return new LookupKey(other, instrument);
  }

  private static List<String> subjects(DatasetType type) {
    List<String> subjects = new ArrayList<>();
    subjects.add(type.name());
    String composite = type.compositeStorageClass();
    int dot = type.name().indexOf('.');
    if (dot >= 0) {
      subjects.add(type.name().substring(0, dot));
    }
    if (!type.dimensions().names().isEmpty()) {
      subjects.add(canonical(type.dimensions()));
    }
    subjects.add(type.storageClass());
    if (dot >= 0 && composite != null) {
      subjects.add(composite);
    }
    return subjects;
  }

  /// No name begins so, since names of unknown dimensions are kept as they are written.
  private static String canonical(DimensionGroup group) {
    return "+" + String.join("+", group.names());
  }
}
