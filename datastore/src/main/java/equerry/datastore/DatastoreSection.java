package equerry.datastore;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.template.Constraints;
import equerry.datastore.template.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the `datastore` section of a repository's `butler.yaml`.
///
/// Keys that only writing needs (templates, formatters, composites, constraints, checksum) are passed
/// over unless the section is read for writing; the cache is the stock package's own. The defaults are those of the stock package: class `FileDatastore`, root
/// `<butlerRoot>/datastore`, table `file_datastore_records`.
public final class DatastoreSection {
  /// How deep chains may be nested; a YAML alias can make a chain its own child.
  static final int MAX_CHAIN_DEPTH = 16;

  /// How many file datastores one repository may have.
  static final int MAX_STORES = 256;

  private static final Logger LOG = LoggerFactory.getLogger(DatastoreSection.class);
  private static final String PACKAGE = "lsst.daf.butler.datastores.";
  private static final String FILE = PACKAGE + "fileDatastore.FileDatastore";
  private static final String CHAINED = PACKAGE + "chainedDatastore.ChainedDatastore";
  private static final String IN_MEMORY = PACKAGE + "inMemoryDatastore.InMemoryDatastore";
  private static final String DEFAULT_ROOT = RootText.PLACEHOLDER + "/datastore";
  private static final String DEFAULT_TABLE = "file_datastore_records";

  private final RootText roots;
  private List<Found> stores = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private DatastoreSection(RootText roots) {
    this.roots = roots;
  }

  /// A file datastore and where it stands.
  ///
  /// @param section what is written for it
  /// @param limits what it accepts by itself and by the chains around it
  private record Found(FileStore store, Map<?, ?> section, String where, List<Limit> limits) {}

  /// A section `constraints` and where it stands; null for none.
  private record Limit(@Nullable Object constraints, String where) {}

  /// Reads a section.
  ///
  /// @param section the section as YAML gives it, `<butlerRoot>` unexpanded; null or empty for all
  ///     defaults
  /// @param butlerRoot what `<butlerRoot>` stands for: a URI or an absolute local path
  /// @param environment values for `$NAME` in local roots
  /// @throws ButlerException.Invalid naming every fault of the section
  public static Datastores read(
      @Nullable Map<?, ?> section, String butlerRoot, Map<String, String> environment) {
    DatastoreSection reader = new DatastoreSection(new RootText(butlerRoot, environment));
    reader.readAll(section);
    reader.refuseFaults();
    return new Datastores(reader.stores.stream().map(Found::store).toList());
  }

  /// Reads a section with the keys that only writing needs.
  ///
  /// @param universe what dimensions in lookup keys mean
  /// @throws ButlerException.Invalid naming every fault of the section
  public static WritableStores readForWriting(
      @Nullable Map<?, ?> section,
      String butlerRoot,
      Map<String, String> environment,
      DimensionUniverse universe) {
    DatastoreSection reader = new DatastoreSection(new RootText(butlerRoot, environment));
    reader.readAll(section);
    List<WritableStore> writable =
        reader.stores.stream().map(s -> reader.forWriting(s, universe)).toList();
    reader.refuseFaults();
    return new WritableStores(writable, universe);
  }

  private void readAll(@Nullable Map<?, ?> section) {
    readStore(section == null ? Map.of() : section, "datastore", 0, List.of());
    refuseConflicts();
  }

  private void refuseFaults() {
    if (!faults.isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The datastore section cannot be used: " + String.join("; ", faults) + ".");
    }
  }

  private WritableStore forWriting(Found found, DimensionUniverse universe) {
    List<Constraints> limits =
        found.limits().stream()
            .map(l -> Constraints.read(l.constraints(), new Faults(l.where(), faults), universe))
            .toList();
    return WritableStore.read(
        found.store(), found.section(), limits, new Faults(found.where(), faults), universe);
  }

  private void readStore(Map<?, ?> written, String where, int depth, List<Limit> around) {
    Map<?, ?> section = written.get("datastore") instanceof Map<?, ?> inner ? inner : written;
    Optional<String> cls = text(section, "cls", FILE, where);
    if (cls.isEmpty()) {
      return;
    }
    switch (cls.get()) {
      case FILE -> readFileStore(section, where, within(around, section, where));
      case CHAINED -> readChain(section, where, depth, within(around, section, where));
      case IN_MEMORY -> LOG.debug("{} is in memory and has no files", where);
      default ->
          faults.add(
              where
                  + ".cls is '"
                  + cls.get()
                  + "', which is not known here (known: FileDatastore, ChainedDatastore, "
                  + "InMemoryDatastore of lsst.daf.butler.datastores)");
    }
  }

  private static List<Limit> within(List<Limit> around, Map<?, ?> section, String where) {
    List<Limit> limits = new ArrayList<>(around);
    limits.add(new Limit(section.get("constraints"), where + ".constraints"));
    return limits;
  }

  private void readFileStore(Map<?, ?> section, String where, List<Limit> limits) {
    Optional<String> root = text(section, "root", DEFAULT_ROOT, where);
    Optional<String> name = text(section, "name", "FileDatastore@" + root.orElse(""), where);
    Optional<String> table = recordsTable(section, where);
    if (Boolean.TRUE.equals(section.get("trust_get_request"))) {
      LOG.warn("{}.trust_get_request is on; files without records are not served", where);
    }
    if (root.isEmpty() || name.isEmpty() || table.isEmpty()) {
      return;
    }
    try {
      FileStore store = FileStore.of(name.get(), table.get(), roots.resolve(root.get()));
      stores.add(new Found(store, section, where, limits));
    } catch (IllegalArgumentException e) {
      faults.add(where + ".root is '" + root.get() + "': " + e.getMessage());
    }
  }

  private Optional<String> recordsTable(Map<?, ?> section, String where) {
    Object records = section.get("records");
    if (records == null) {
      return Optional.of(DEFAULT_TABLE);
    }
    if (records instanceof Map<?, ?> map) {
      return text(map, "table", DEFAULT_TABLE, where + ".records");
    }
    faults.add(where + ".records must be a mapping");
    return Optional.empty();
  }

  private void readChain(Map<?, ?> section, String where, int depth, List<Limit> limits) {
    if (depth >= MAX_CHAIN_DEPTH) {
      faults.add(where + " is nested deeper than " + MAX_CHAIN_DEPTH + " chains");
      return;
    }
    if (!(section.get("datastores") instanceof List<?> children)) {
      faults.add(where + ".datastores must be a list of datastores");
      return;
    }
    List<?> overrides =
        section.get("datastore_constraints") instanceof List<?> list ? list : List.of();
    if (!overrides.isEmpty() && overrides.size() != children.size()) {
      faults.add(where + ".datastore_constraints must have one entry for each datastore");
      return;
    }
    for (int i = 0; i < children.size(); i++) {
      String child = where + ".datastores[" + i + "]";
      if (stores.size() + faults.size() >= MAX_STORES) {
        faults.add(child + " is one more than the " + MAX_STORES + " datastores we allow");
        return;
      }
      if (children.get(i) instanceof Map<?, ?> map) {
        readStore(map, child, depth + 1, overridden(limits, overrides, i, where));
      } else {
        faults.add(child + " must be a mapping");
      }
    }
  }

  private static List<Limit> overridden(
      List<Limit> limits, List<?> overrides, int index, String where) {
    if (overrides.isEmpty() || !(overrides.get(index) instanceof Map<?, ?> override)) {
      return limits;
    }
    return within(limits, override, where + ".datastore_constraints[" + index + "]");
  }

  private Optional<String> text(Map<?, ?> section, String key, String otherwise, String where) {
    if (!section.containsKey(key)) {
      return Optional.of(otherwise);
    }
    if (section.get(key) instanceof String value && !value.isBlank()) {
      return Optional.of(value);
    }
    faults.add(where + "." + key + " must be a text that is not empty");
    return Optional.empty();
  }

  private void refuseConflicts() {
    Map<String, FileStore> byName = new HashMap<>();
    List<Found> kept = new ArrayList<>();
    for (Found found : stores) {
      FileStore store = found.store();
      FileStore other = byName.putIfAbsent(store.name(), store);
      if (other == null) {
        kept.add(found);
      } else if (!other.equals(store)) {
        faults.add("two datastores have the name '" + store.name() + "'; give one another name");
      }
    }
    stores = kept;
  }
}
