package equerry.api.dataset;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Single datasets and data IDs.
public interface Datasets {
  /// Whether dimension records come along with what is found.
  enum Expansion {
    NONE,
    RECORDS
  }

  /// The first dataset that fits. CALIBRATION collections are passed over without a timespan.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type, missing_collection)
  /// @throws ButlerException.Invalid (dimension_name, dimension_value, calibration_lookup, …)
  Optional<DatasetRef> find(DatasetLookup lookup, Expansion expansion);

  /// The dataset of an identity.
  Optional<DatasetRef> find(UUID id, Expansion expansion);

  /// The datasets among these identities that exist, in any order.
  List<DatasetRef> findAll(List<UUID> ids);

  /// Completes a data ID with implied values and all records.
  ///
  /// @param dataId dimensions or record values as in [DatasetLookup]
  /// @throws ButlerException.Invalid (data_id_value, dimension_name, inconsistent_data_id, …)
  ExpandedDataId expand(Map<String, Object> dataId);

  /// A full data ID and a record for each element that has one, in universe order.
  record ExpandedDataId(DataId dataId, List<DimensionRecord> records) {
    public ExpandedDataId {
      records = List.copyOf(records);
    }
  }
}
