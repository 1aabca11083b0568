package equerry.api.dataset;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A dataset that a registry knows.
///
/// @param id its identity, the same in every repository that holds it
/// @param type its dataset type
/// @param dataId what it is of; with implied values where they were asked for or came along
/// @param run the RUN collection that it was made in
/// @param records the records of its data ID's elements in universe order, null when not asked for
public record DatasetRef(
    UUID id, DatasetType type, DataId dataId, String run, @Nullable List<DimensionRecord> records) {
  /// The same dataset, read as another type: one of its components.
  public DatasetRef as(DatasetType other) {
    return new DatasetRef(id, other, dataId, run, records);
  }
}
