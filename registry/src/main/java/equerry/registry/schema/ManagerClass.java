package equerry.registry.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The classes of the stock package that a repository names as the makers of its tables, and the
/// versions of the tables that we know.
public enum ManagerClass {
  ATTRIBUTES("attributes", "attributes.DefaultButlerAttributeManager", "1.0.1"),
  DIMENSIONS("dimensions", "dimensions.static.StaticDimensionRecordStorageManager", "6.0.2"),
  /// Collections with integers as keys.
  INTEGER_COLLECTIONS(
      "collections", "collections.synthIntKey.SynthIntKeyCollectionManager", "2.0.0"),
  /// Collections with names as keys.
  NAME_COLLECTIONS("collections", "collections.nameKey.NameKeyCollectionManager", "2.0.0"),
  DATASETS(
      "datasets",
      "datasets.byDimensions._manager.ByDimensionsDatasetRecordStorageManagerUUID",
      "1.0.0",
      "2.0.0"),
  OPAQUE("opaque", "opaque.ByNameOpaqueTableStorageManager", "0.2.0"),
  DATASTORES("datastores", "bridge.monolithic.MonolithicDatastoreRegistryBridgeManager", "0.2.1"),
  /// The table of ObsCore rows, which few repositories have.
  OBSCORE("obscore", "obscore._manager.ObsCoreLiveTableManager", "0.0.1");

  private static final String PACKAGE = "lsst.daf.butler.registry.";
  private final String part;
  private final String storedName;
  private final List<String> versions;

  ManagerClass(String part, String name, String... versions) {
    this.part = part;
    this.storedName = PACKAGE + name;
    this.versions = List.of(versions);
  }

  /// The part of the registry, as `registry.managers` in `butler.yaml` calls it.
  public String part() {
    return part;
  }

  /// The name that the database keeps; not always the one that `butler.yaml` has.
  public String storedName() {
    return storedName;
  }

  /// The name that `butler.yaml` has.
  public String configuredName() {
    return storedName.replace("._manager.", ".");
  }

  /// The name without package, which may be another in old repositories.
  public String simpleName() {
    return storedName.substring(storedName.lastIndexOf('.') + 1);
  }

  /// The known versions of its tables, the newest last.
  public List<String> versions() {
    return versions;
  }

  /// The classes for a part.
  public static List<ManagerClass> of(String part) {
    return Arrays.stream(values()).filter(manager -> manager.part.equals(part)).toList();
  }

  /// The class of a name in `butler.yaml` or in the database.
  public static Optional<ManagerClass> find(String className) {
    return Arrays.stream(values())
        .filter(
            manager ->
                manager.storedName.equals(className) || manager.configuredName().equals(className))
        .findFirst();
  }
}
