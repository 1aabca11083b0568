package equerry.client.wire;

import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// How the rows of one stream are written. Used by one thread.
sealed interface RowShape permits DataIdRows, RecordRows, RefRows, GeneralRows {
  /// The `type` of pages.
  String pageType();

  void writeRow(JsonGenerator json, @Nullable Object[] row);

  /// Writes the fields of a page that come after its rows.
  default void finishPage(JsonGenerator json) {}

  static RowShape of(ResultSpec spec, List<ResultColumn> columns, EncodedRecords records) {
    return switch (spec) {
      case ResultSpec.DataIds _ -> new DataIdRows(new DataIdColumns(columns, records));
      case ResultSpec.Records _ -> new RecordRows(columns, records);
      case ResultSpec.Refs refs -> RefRows.of(columns, refs.storageClass(), records);
      case ResultSpec.General general -> new GeneralRows(columns, general.withRecords(), records);
    };
  }
}
