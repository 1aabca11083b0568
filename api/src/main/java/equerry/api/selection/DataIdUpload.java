package equerry.api.selection;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.QueryInput;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Makes the rows that a query brings of data IDs.
final class DataIdUpload {
  private DataIdUpload() {}

  /// @throws ButlerException.Invalid (invalid_query) for no data ID, or different dimensions
  static QueryInput.Upload of(Collection<DataId> dataIds) {
    if (dataIds.isEmpty()) {
      throw invalid("No data IDs to join; give at least one.");
    }
    DimensionGroup group = dataIds.iterator().next().group();
    for (DataId dataId : dataIds) {
      if (dataId.group() != group) {
        throw invalid(
            "Data IDs to join have different dimensions, %s and %s; make all the same."
                .formatted(group, dataId.group()));
      }
    }
    List<List<Object>> rows =
        dataIds.stream().distinct().map(id -> List.copyOf(id.required().values())).toList();
    return new QueryInput.Upload(UUID.randomUUID(), group, rows);
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
