package equerry.datastore;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import equerry.datastore.template.Composites;
import equerry.datastore.template.Constraints;
import equerry.datastore.template.Faults;
import equerry.datastore.template.FileTemplates;
import equerry.datastore.template.Formatters;
import equerry.datastore.template.StockDefaults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file datastore and the configuration by which it is written.
///
/// @param store what reading needs of it
/// @param templates how its files are called
/// @param formatters who reads them
/// @param composites which datasets are stored in parts
/// @param constraints what it takes: all of them must accept a dataset
/// @param checksums whether the checksum of each file is recorded
/// @param trusted whether files without records count as datasets (`trust_get_request`)
public record WritableStore(
    FileStore store,
    FileTemplates templates,
    Formatters formatters,
    Composites composites,
    List<Constraints> constraints,
    boolean checksums,
    boolean trusted) {
  public WritableStore {
    constraints = List.copyOf(constraints);
  }

  /// Reads the keys for writing of one store's section, over the defaults of the stock package.
  static WritableStore read(
      FileStore store,
      Map<?, ?> section,
      List<Constraints> constraints,
      Faults faults,
      DimensionUniverse universe) {
    StockDefaults defaults = StockDefaults.load();
    return new WritableStore(
        store,
        FileTemplates.read(
            defaults.merged("templates", section, faults), faults.in("templates"), universe),
        defaults.formatters(section, faults, universe),
        Composites.read(
            defaults.merged("composites", section, faults), faults.in("composites"), universe),
        constraints,
        flag(section, "checksum", faults),
        flag(section, "trust_get_request", faults));
  }

  private static boolean flag(Map<?, ?> section, String key, Faults faults) {
    @Nullable Object written = section.get(key);
    if (written != null && !(written instanceof Boolean)) {
      faults.in(key).add("must be true or false");
    }
    return Boolean.TRUE.equals(written);
  }

  /// The name that `dataset_location` has for it.
  public String name() {
    return store.name();
  }

  /// Whether a dataset is stored here.
  public boolean accepts(DatasetRef ref) {
    return constraints.stream().allMatch(each -> each.accept(ref));
  }
}
