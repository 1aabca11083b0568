package equerry.cli.shell;

import equerry.api.time.Timespan;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// Writes JSON objects, as one array or on a line each. All characters are ASCII, whatever the
/// terminal takes. Times are TAI text, timespans objects with `begin` and `end` (null: unbounded),
/// bytes hexadecimal.
final class JsonWriter implements RowWriter {
  private final PrintWriter out;
  private final JsonGenerator json;
  private final String end;
  private List<OutputColumn> columns = List.of();
  private boolean hasRows;

  private JsonWriter(PrintWriter out, String begin, String between, String end) {
    this.out = out;
    this.end = end;
    out.print(begin);
    this.json =
        JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .rootValueSeparator(between)
            .build()
            .createGenerator(ObjectWriteContext.empty(), out);
  }

  static JsonWriter array(PrintWriter out) {
    return new JsonWriter(out, "[", ",\n ", "]\n");
  }

  static JsonWriter lines(PrintWriter out) {
    return new JsonWriter(out, "", "\n", "\n");
  }

  @Override
  public void section(Section section) {
    columns = section.columns();
  }

  @Override
  public void row(List<@Nullable Object> values) {
    hasRows = true;
    json.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      json.writeName(columns.get(i).key());
      write(values.get(i), columns.get(i));
    }
    json.writeEndObject();
  }

  private void write(@Nullable Object value, OutputColumn column) {
    switch (value) {
      case null -> json.writeNull();
      case Long nanos when Cells.isInstant(column.type()) ->
          json.writeString(Timespan.format(nanos));
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> items -> {
        json.writeStartArray();
        items.forEach(item -> json.writeString(String.valueOf(item)));
        json.writeEndArray();
      }
      case Timespan timespan -> timespan(timespan);
      case Object other -> json.writeString(Cells.plain(other, column.type()));
    }
  }

  private void timespan(Timespan timespan) {
    json.writeStartObject();
    bound("begin", timespan.beginNanos(), Timespan.MIN_NANOS);
    bound("end", timespan.endNanos(), Timespan.MAX_NANOS);
    json.writeEndObject();
  }

  private void bound(String name, long nanos, long unbounded) {
    json.writeName(name);
    if (nanos == unbounded) {
      json.writeNull();
    } else {
      json.writeString(Timespan.format(nanos));
    }
  }

  @Override
  public void finish() {
    json.close();
    if (hasRows || end.startsWith("]")) {
      out.print(end);
    }
  }
}
