package equerry.registry.schema;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Database;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `butler_attributes`: which version of each part made the tables.
///
/// Rule of versions (the stock package's for read-only access): the major number must be one that
/// we know, the minor number at most the one we know; the patch number does not matter.
public final class Attributes {
  private static final String MANAGER = "config:registry.managers.";
  private static final String UNIVERSE = "config:dimensions.json";
  private final Map<String, String> values;

  private Attributes(Map<String, String> values) {
    this.values = values;
  }

  /// Reads the attributes of an open database.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) when there are none
  public static Attributes read(Database database) {
    Map<String, String> values = new HashMap<>();
    Sql sql = Sql.of("SELECT name, value FROM butler_attributes");
    try {
      database.read(
          session -> {
            session
                .list(sql, row -> Map.entry(row.text(1), row.text(2)))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return values;
          });
    } catch (ButlerException.Internal failure) {
      throw unsupported(
          "it has no readable table 'butler_attributes', so it is no butler registry");
    }
    return new Attributes(values);
  }

  /// The variant of the tables.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) naming every part that cannot be read
  public SchemaVariant variant() {
    List<String> faults = new ArrayList<>();
    check("attributes", List.of("DefaultButlerAttributeManager 1.0"), faults);
    check("dimensions", List.of("StaticDimensionRecordStorageManager 6.0"), faults);
    check(
        "collections",
        List.of("SynthIntKeyCollectionManager 2.0", "NameKeyCollectionManager 2.0"),
        faults);
    check(
        "datasets",
        List.of(
            "ByDimensionsDatasetRecordStorageManagerUUID 1.0",
            "ByDimensionsDatasetRecordStorageManagerUUID 2.0"),
        faults);
    check("opaque", List.of("ByNameOpaqueTableStorageManager 0.2"), faults);
    check("datastores", List.of("MonolithicDatastoreRegistryBridgeManager 0.2"), faults);
    if (!faults.isEmpty()) {
      throw unsupported(String.join("; ", faults));
    }
    boolean byName = simpleName(manager("collections")).startsWith("NameKey");
    boolean timestamps = version("datasets").startsWith("1.");
    return new SchemaVariant(
        byName ? CollectionKeys.NAME : CollectionKeys.INTEGER,
        timestamps ? IngestDates.UTC_TIMESTAMP : IngestDates.TAI_NANOS);
  }

  private void check(String part, List<String> known, List<String> faults) {
    String found = simpleName(manager(part));
    if (known.stream().noneMatch(entry -> entry.startsWith(found + " "))) {
      faults.add("its " + part + " manager is '" + found + "', known are " + known);
      return;
    }
    String version = version(part);
    boolean readable =
        version.isEmpty() || known.stream().anyMatch(entry -> reads(entry, found, version));
    if (!readable) {
      faults.add("its " + part + " manager has version " + version + ", known are " + known);
    }
  }

  private static boolean reads(String known, String found, String version) {
    if (!known.startsWith(found + " ")) {
      return false;
    }
    String[] ours = known.substring(found.length() + 1).split("\\.");
    String[] theirs = version.split("\\.");
    return theirs.length >= 2
        && ours[0].equals(theirs[0])
        && theirs[1].chars().allMatch(Character::isDigit)
        && Integer.parseInt(theirs[1]) <= Integer.parseInt(ours[1]);
  }

  private @Nullable String manager(String part) {
    return values.get(MANAGER + part);
  }

  /// The version of a part, empty if none is recorded, which older repositories may lack.
  private String version(String part) {
    return values.getOrDefault("version:" + manager(part), "");
  }

  private static String simpleName(@Nullable String className) {
    return className == null ? "missing" : className.substring(className.lastIndexOf('.') + 1);
  }

  /// The universe that the repository was made with.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository, configuration)
  public DimensionUniverse universe() {
    String json = values.get(UNIVERSE);
    if (json == null) {
      throw unsupported("it has no dimension universe");
    }
    try {
      if (!(new JsonMapper().readValue(json, Object.class) instanceof Map<?, ?> map)) {
        throw unsupported("its dimension universe is not a JSON object");
      }
      return DimensionUniverse.of(named(map));
    } catch (JacksonException broken) {
      throw unsupported("its dimension universe is not valid JSON");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> named(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static ButlerException unsupported(String reason) {
    return new ButlerException.Invalid(
        ErrorCode.UNSUPPORTED_REPOSITORY,
        "This repository cannot be read by this version of Equerry: " + reason + ".");
  }
}
