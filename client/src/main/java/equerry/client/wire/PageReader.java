package equerry.client.wire;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// Reads a stream of pages, one at a time: nothing is read before it is asked for, and no more than
/// one page is held. Used by one thread.
///
/// @param <R> what a row is
public final class PageReader<R> implements AutoCloseable {
  private static final String KEEP_ALIVE = "keep-alive";
  private static final String ERROR = "error";

  private final InputStream stream;
  private final JsonParser parser;
  private final RowDecoder<R> decoder;

  PageReader(WireJson json, InputStream stream, RowDecoder<R> decoder) {
    this.stream = stream;
    this.parser = json.parser(stream);
    this.decoder = decoder;
  }

  /// What one line of a stream says.
  private static final class Line<R> {
    private @Nullable String type;
    private @Nullable List<R> rows;
    private @Nullable WireValue error;
    private @Nullable WireValue records;
  }

  /// The rows of the next page; empty when the stream has come to its end. Lines that only keep the
  /// stream alive are passed over.
  ///
  /// @throws ButlerException the error of the query that the server found, whatever it is
  /// @throws ButlerException.Unavailable when the stream was cut, or is not of the protocol
  public Optional<List<R>> next() {
    try {
      while (parser.nextToken() != null) {
        Line<R> line = readLine();
        if (!KEEP_ALIVE.equals(line.type)) {
          return Optional.of(rows(line));
        }
      }
      return Optional.empty();
    } catch (JacksonException e) {
      throw cut(e);
    }
  }

  /// Reads an object field by field, since the rows of a page are best not held twice.
  private Line<R> readLine() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw strange("a line that is no JSON object", null);
    }
    Line<R> line = new Line<>();
    try {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "type" -> line.type = WireJson.read(parser).text();
          case "rows" -> line.rows = readRows();
          case ERROR -> line.error = WireJson.read(parser);
          case "dimension_records" -> line.records = WireJson.read(parser);
          default -> parser.skipChildren();
        }
      }
      return line;
    } catch (ButlerException.Invalid e) {
      throw strange(e.detail(), e);
    }
  }

  private List<R> readRows() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw strange("rows that are no list", null);
    }
    List<R> rows = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      rows.add(decoder.row(WireJson.read(parser)));
    }
    return rows;
  }

  private List<R> rows(Line<R> line) {
    String type = line.type;
    if (ERROR.equals(type) && line.error != null) {
      throw error(line.error);
    }
    List<R> rows = line.rows;
    if (rows == null || !decoder.pageType().equals(type)) {
      throw strange("a line of type '" + type + "', not '" + decoder.pageType() + "'", null);
    }
    try {
      decoder.finishPage(rows, line.records);
    } catch (ButlerException.Invalid e) {
      throw strange(e.detail(), e);
    }
    return rows;
  }

  private static ButlerException error(WireValue error) {
    try {
      return AnswerErrors.butlerError(error);
    } catch (ButlerException.Invalid e) {
      return strange(e.detail(), e);
    }
  }

  private static ButlerException cut(JacksonException cause) {
    if (!(cause instanceof JacksonIOException || cause instanceof UnexpectedEndOfInputException)) {
      return strange("text that is no JSON", cause);
    }
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "The rows of this query ended before the server had said all; ask again.",
        cause);
  }

  private static ButlerException strange(String found, @Nullable Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "The server sent what is not of the butler protocol: " + found + ".",
        cause);
  }

  /// Ends the stream, also before its end: the server is told by the connection.
  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      // There is nothing left to read.
    }
  }
}
