package equerry.server.stream;

import equerry.api.query.ResultRows;
import equerry.client.wire.WireReader;
import equerry.server.http.Exchange;
import equerry.server.http.HttpProblem;
import equerry.server.repository.ServedRepository;
import equerry.table.ResultTable;
import equerry.table.TableFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Answers queries with tables, in the format that the client accepts.
///
/// Errors that show before the first row have a status of their own; later ones cut the answer, which
/// then ends without the chunk that says it is whole.
public final class TableStreams {
  private final StreamSlots slots;

  /// @param slots the streams that may run, those of lines included
  public TableStreams(StreamSlots slots) {
    this.slots = slots;
  }

  /// `query/table`.
  public void answer(Exchange exchange, ServedRepository repository) throws IOException {
    TableFormat format = format(exchange);
    WireReader.Execute request = repository.reader().execute(exchange.body());
    try (StreamSlots.Slot _ = slots.take(exchange.principal())) {
      StreamSource source = new StreamSource();
      exchange.attend(source);
      try (ResultRows rows =
          repository.butler().queries().execute(request.query(), request.spec())) {
        source.readFrom(rows);
        ResultTable table = ResultTable.of(request.spec(), rows);
        table.awaitFirstRow();
        source.checkWanted();
        exchange.begin(200, headers(format));
        SentBody body = new SentBody(exchange);
        format.write(table, body);
        source.checkWanted();
        body.end();
      }
    }
  }

  private static TableFormat format(Exchange exchange) {
    return exchange.accepted().stream()
        .flatMap(range -> TableFormat.find(range).stream())
        .findFirst()
        .orElseThrow(TableStreams::notAcceptable);
  }

  private static HttpProblem notAcceptable() {
    String formats =
        Arrays.stream(TableFormat.values())
            .map(TableFormat::mediaType)
            .collect(Collectors.joining(", "));
    return HttpProblem.of(406, "None of the formats in 'Accept' is there; there are " + formats);
  }

  private static Map<String, String> headers(TableFormat format) {
    return Map.of("Content-Type", format.mediaType(), "Vary", "Accept", "X-Accel-Buffering", "no");
  }
}
