package equerry.datastore;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Checks whether datastores are configured for dataset types.
///
/// @param types the dataset types
/// @param instruments the instruments, each of which may have entries of its own
public record ConfigurationCheck(List<DatasetType> types, List<String> instruments) {
  private static final UUID NO_ID = new UUID(0, 0);
  private static final String NO_INSTRUMENT = "";

  public ConfigurationCheck {
    types = List.copyOf(types);
    instruments = List.copyOf(instruments);
  }

  /// What is wrong, in sentences; none when nothing is.
  public List<String> faults(WritableStores stores) {
    List<String> faults = new ArrayList<>();
    for (DatasetType type : types) {
      for (String instrument : instrumentsOf(type)) {
        DatasetRef ref = example(type, instrument);
        stores.files().stream()
            .filter(store -> store.accepts(ref))
            .forEach(store -> check(store, ref, faults));
      }
    }
    return faults;
  }

  private List<String> instrumentsOf(DatasetType type) {
    return type.dimensions().contains("instrument") && !instruments.isEmpty()
        ? instruments
        : List.of(NO_INSTRUMENT);
  }

  /// A dataset with made-up values, of which only the instrument matters.
  private static DatasetRef example(DatasetType type, String instrument) {
    DimensionGroup group = type.dimensions();
    List<Object> values = new ArrayList<>();
    for (String name : group.required()) {
      boolean isNumber = group.universe().element(name).primaryKey().type() == ColumnType.INT;
      values.add(name.equals("instrument") ? instrument : isNumber ? (Object) 1L : "1");
    }
    return new DatasetRef(NO_ID, type, DataId.of(group, values), "run", null);
  }

  private static void check(WritableStore store, DatasetRef ref, List<String> faults) {
    String where = store.name() + ": " + ref.type().name() + ": ";
    try {
      store.templates().load(ref).refuseUnfit(ref.type());
    } catch (ButlerException.Invalid unfit) {
      faults.add(where + unfit.detail().replace(" Nothing was changed.", ""));
    }
    if (store.formatters().find(ref).isEmpty()) {
      faults.add(where + "there is no formatter for it.");
    }
  }
}
