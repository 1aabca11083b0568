package equerry.server.stream;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.AllDatasets;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultStream;
import equerry.client.wire.PageWriter;
import equerry.client.wire.WireErrors;
import equerry.client.wire.WireReader;
import equerry.server.http.Exchange;
import equerry.server.repository.ServedRepository;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/// Answers the two kinds of streaming queries.
///
/// Errors of the query itself are the last line of the stream, as in the stock server, also when
/// they show before its first row; errors that are not the user's cut the stream.
public final class QueryStreams {
  private final StreamSlots slots;
  private final Duration keepAliveInterval;

  /// @param slots the streams that may run
  /// @param keepAliveInterval how long a stream may be silent
  public QueryStreams(StreamSlots slots, Duration keepAliveInterval) {
    this.slots = slots;
    this.keepAliveInterval = keepAliveInterval;
  }

  /// `query/execute`.
  public void execute(Exchange exchange, ServedRepository repository) throws IOException {
    byte[] body = exchange.body();
    Supplier<WireReader.Execute> request = parsed(() -> repository.reader().execute(body));
    stream(
        exchange,
        (stream, source) -> {
          WireReader.Execute execute = request.get();
          try (ResultRows rows =
              repository.butler().queries().execute(execute.query(), execute.spec())) {
            source.readFrom(rows);
            send(stream, rows, repository.writer().pages(execute.spec(), rows));
          }
        });
  }

  /// `query/all_datasets`.
  public void allDatasets(Exchange exchange, ServedRepository repository) throws IOException {
    byte[] body = exchange.body();
    Supplier<AllDatasets> request = parsed(() -> repository.reader().allDatasets(body));
    stream(
        exchange,
        (stream, source) -> {
          try (ResultStream<ResultRows> types =
              repository.butler().queries().allDatasets(request.get())) {
            source.readFrom(types);
            for (ResultRows rows : types) {
              try (rows) {
                source.readFrom(rows);
                send(stream, rows, repository.writer().pages(rows));
                source.readFrom(types);
              }
            }
          }
        });
  }

  /// A body that is not well-formed is refused before the stream; names that do not exist in it
  /// are an error of the query.
  private static <T> Supplier<T> parsed(Supplier<T> parse) {
    try {
      T request = parse.get();
      return () -> request;
    } catch (ButlerException e) {
      if (e.code() == ErrorCode.MALFORMED || e.code() == ErrorCode.LIMIT_EXCEEDED) {
        throw e;
      }
      return () -> {
        throw e;
      };
    }
  }

  @FunctionalInterface
  private interface Answer {
    void sendTo(LineStream stream, StreamSource source) throws IOException;
  }

  private void stream(Exchange exchange, Answer answer) throws IOException {
    try (StreamSlots.Slot _ = slots.take(exchange.principal())) {
      StreamSource source = new StreamSource();
      LineStream stream = new LineStream(exchange, source, keepAliveInterval);
      exchange.attend(stream);
      try {
        sendOrExplain(stream, source, answer);
        stream.end();
      } finally {
        stream.fallSilent();
      }
    }
  }

  private static void sendOrExplain(LineStream stream, StreamSource source, Answer answer)
      throws IOException {
    try {
      answer.sendTo(stream, source);
      source.checkWanted();
    } catch (ButlerException.Invalid
        | ButlerException.NotFound
        | ButlerException.LimitExceeded
        | ButlerException.Denied e) {
      source.checkWanted();
      stream.add(WireErrors.line(e));
    }
  }

  private static void send(LineStream stream, ResultRows rows, PageWriter page) throws IOException {
    for (Object[] row : rows) {
      if (page.add(row)) {
        stream.add(page);
      }
    }
    if (!page.isEmpty()) {
      stream.add(page);
    }
  }
}
