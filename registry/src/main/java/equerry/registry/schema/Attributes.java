package equerry.registry.schema;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `butler_attributes`: which version of each part made the tables.
///
/// Rule of versions (the stock package's): the major number must be one that we know, the minor
/// number the same for writing and at most the one we know for reading; the patch number does not
/// matter.
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
    try {
      return database.read(Attributes::read);
    } catch (ButlerException.Internal failure) {
      throw unsupported(
          "it has no readable table 'butler_attributes', so it is no butler registry");
    }
  }

  /// Reads the attributes within other work.
  public static Attributes read(Session session) throws SQLException {
    Map<String, String> values = new HashMap<>();
    session
        .list(
            Sql.of("SELECT name, value FROM butler_attributes"),
            row -> Map.entry(row.text(1), row.text(2)))
        .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return new Attributes(values);
  }

  /// The variant of the tables.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) naming every part that cannot be read
  public SchemaVariant variant() {
    require(StoredVersion::isReadableBy, "read");
    boolean byName = simpleName(manager("collections")).startsWith("NameKey");
    boolean timestamps = version("datasets").startsWith("1.");
    return new SchemaVariant(
        byName ? CollectionKeys.NAME : CollectionKeys.INTEGER,
        timestamps ? IngestDates.UTC_TIMESTAMP : IngestDates.TAI_NANOS);
  }

  /// Checks that the tables may be written to.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) naming every part of another version
  public void requireWritable() {
    require(StoredVersion::isWritableBy, "written to");
  }

  /// Whether the repository has a table of ObsCore rows.
  public boolean hasObscore() {
    return values.containsKey(MANAGER + ManagerClass.OBSCORE.part());
  }

  /// The value of an attribute by its full name.
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private void require(BiPredicate<StoredVersion, StoredVersion> rule, String what) {
    List<String> faults = new ArrayList<>();
    for (ManagerClass known : ManagerClass.values()) {
      boolean first = ManagerClass.of(known.part()).getFirst() == known;
      if (first && (known != ManagerClass.OBSCORE || hasObscore())) {
        check(known.part(), rule, faults);
      }
    }
    if (!faults.isEmpty()) {
      throw unsupported(what, String.join("; ", faults));
    }
  }

  private void check(
      String part, BiPredicate<StoredVersion, StoredVersion> rule, List<String> faults) {
    List<ManagerClass> candidates = ManagerClass.of(part);
    String found = simpleName(manager(part));
    Optional<ManagerClass> known =
        candidates.stream().filter(manager -> manager.simpleName().equals(found)).findFirst();
    if (known.isEmpty()) {
      List<String> names = candidates.stream().map(ManagerClass::simpleName).toList();
      faults.add("its " + part + " manager is '" + found + "', known are " + names);
      return;
    }
    String version = version(part);
    List<String> versions = known.get().versions();
    if (!version.isEmpty() && versions.stream().noneMatch(ours -> fits(version, ours, rule))) {
      faults.add("its " + part + " manager has version " + version + ", known are " + versions);
    }
  }

  private static boolean fits(
      String theirs, String ours, BiPredicate<StoredVersion, StoredVersion> rule) {
    Optional<StoredVersion> stored = StoredVersion.parse(theirs);
    return stored.isPresent() && rule.test(stored.get(), StoredVersion.parse(ours).orElseThrow());
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
    return unsupported("read", reason);
  }

  private static ButlerException unsupported(String what, String reason) {
    return new ButlerException.Invalid(
        ErrorCode.UNSUPPORTED_REPOSITORY,
        "This repository cannot be " + what + " by this version of Equerry: " + reason + ".");
  }
}
