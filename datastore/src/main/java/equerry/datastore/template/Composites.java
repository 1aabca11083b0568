package equerry.datastore.template;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which composites are stored in one file for each component.
public final class Composites {
  private final LookupTable<Boolean> table;
  private final boolean byDefault;

  private Composites(LookupTable<Boolean> table, boolean byDefault) {
    this.table = table;
    this.byDefault = byDefault;
  }

  /// Reads the section `composites`; faults are added to those given.
  public static Composites read(Map<?, ?> section, Faults faults, DimensionUniverse universe) {
    Map<?, ?> written = section.get("disassembled") instanceof Map<?, ?> map ? map : Map.of();
    LookupTable<Boolean> table =
        new LookupSection(universe, Set.of("__null__"))
            .read(written, faults.in("disassembled"), Composites::flag);
    Object byDefault = section.get("default");
    return new Composites(
        table, byDefault != null && flag(byDefault, faults.in("default")).orElse(false));
  }

  private static Optional<Boolean> flag(Object written, Faults faults) {
    if (written instanceof Boolean flag) {
      return Optional.of(flag);
    }
    faults.add("must be true or false");
    return Optional.empty();
  }

  /// Whether a composite is disassembled. Whether the dataset is a composite at all depends on its
  /// storage class, which the caller knows.
  public boolean disassembles(DatasetRef ref) {
    return table.find(ref).orElse(byDefault);
  }
}
