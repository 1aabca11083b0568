package equerry.api.dataset;

import equerry.api.time.Timespan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A search for the one dataset of a type with a data ID in the first collection that has it.
///
/// @param datasetType name of the type
/// @param dataId what the user gave: dimensions, record values (`exposure.obs_id`, `seq_num`),
///     alternate keys in place of ids; values are [Long], [Double], [String] or [Boolean]
/// @param defaults values for dimensions that are missing there
/// @param collections where to look, in order; chains stand for their members
/// @param timespan when a calibration must be valid, null when that is not said
public record DatasetLookup(
    String datasetType,
    Map<String, Object> dataId,
    Map<String, Object> defaults,
    List<String> collections,
    @Nullable Timespan timespan) {
  public DatasetLookup {
    collections = List.copyOf(collections);
  }

  /// The same search for another type.
  public DatasetLookup of(String otherType) {
    return new DatasetLookup(otherType, dataId, defaults, collections, timespan);
  }
}
