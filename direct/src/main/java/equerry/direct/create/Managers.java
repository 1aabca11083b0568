package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.schema.ManagerClass;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The section `registry.managers`: which variant of the tables a repository is to have.
final class Managers {
  private static final Set<String> KEYS = Set.of("cls", "config", "schema_version");
  private static final Set<String> OPTIONAL = Set.of("obscore");
  private final ConfigTree section;

  Managers(ConfigTree section) {
    this.section = section;
  }

  /// @throws ButlerException.Invalid (configuration) for a class or version that we cannot make
  SchemaVariant variant() {
    for (ManagerClass known : ManagerClass.values()) {
      if (!OPTIONAL.contains(known.part()) || section.find(known.part()).isPresent()) {
        version(find(known.part()));
      }
    }
    ManagerClass datasets = find("datasets");
    return new SchemaVariant(
        find("collections") == ManagerClass.NAME_COLLECTIONS
            ? CollectionKeys.NAME
            : CollectionKeys.INTEGER,
        version(datasets).equals(datasets.versions().getFirst())
            ? IngestDates.UTC_TIMESTAMP
            : IngestDates.TAI_NANOS);
  }

  private ManagerClass find(String part) {
    Object value = section.find(part).orElseThrow(() -> invalid(part, "is missing"));
    Object name = value instanceof Map<?, ?> map ? map.get("cls") : value;
    if (value instanceof Map<?, ?> map && !KEYS.containsAll(map.keySet())) {
      throw invalid(part, "has other keys than " + new TreeSet<>(KEYS));
    }
    if (!(name instanceof String className)) {
      throw invalid(part, "names no class");
    }
    Optional<ManagerClass> found =
        ManagerClass.find(className).filter(manager -> manager.part().equals(part));
    return found.orElseThrow(
        () ->
            invalid(
                part,
                "names '"
                    + className
                    + "'; known are "
                    + ManagerClass.of(part).stream().map(ManagerClass::configuredName).toList()));
  }

  private String version(ManagerClass manager) {
    List<String> known = manager.versions();
    Object asked = section.find(manager.part(), "schema_version").orElse(known.getLast());
    if (!known.contains(String.valueOf(asked))) {
      throw invalid(
          manager.part(), "asks for schema_version " + asked + "; new ones can have " + known);
    }
    return String.valueOf(asked);
  }

  private static ButlerException invalid(String part, String fact) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The configuration's registry.managers." + part + " " + fact + ".");
  }
}
