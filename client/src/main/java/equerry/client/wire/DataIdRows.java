package equerry.client.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows that are data IDs.
record DataIdRows(DataIdColumns columns) implements RowShape {
  @Override
  public String pageType() {
    return "data_coordinate";
  }

  @Override
  public void writeRow(JsonGenerator json, @Nullable Object[] row) {
    columns.write(json, row);
  }
}
