package equerry.client.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Turns the rows of one stream into pages, each a line of JSON with its newline.
///
/// Rows are encoded when they are added, so that nothing of them is kept. Used by one thread.
public final class PageWriter {
  /// Rows in a page, as in the stock server.
  public static final int MAX_ROWS = 2_000;

  /// A page ends with the row that makes it longer than this.
  public static final int FULL_BYTES = 256 * 1024;

  /// Sent while a stream waits, so that nobody on the way takes it for dead.
  private static final byte[] KEEP_ALIVE =
      WireJson.bytes(
          json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "keep-alive");
            json.writeEndObject();
            json.writeRaw('\n');
          });

  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString ROWS = new SerializedString("rows");

  private final RowShape shape;
  private final Buffer buffer = new Buffer();
  private @Nullable JsonGenerator page;
  private int rows;

  PageWriter(RowShape shape) {
    this.shape = shape;
  }

  /// The line that keeps a waiting stream alive.
  public static byte[] keepAlive() {
    return KEEP_ALIVE.clone();
  }

  /// Adds a row to the page.
  ///
  /// @return whether the page is full and is to be sent
  public boolean add(@Nullable Object[] row) {
    JsonGenerator json = page == null ? startPage() : page;
    shape.writeRow(json, row);
    rows++;
    return rows >= MAX_ROWS || buffer.size() >= FULL_BYTES;
  }

  private JsonGenerator startPage() {
    JsonGenerator json = WireJson.generator(buffer);
    page = json;
    json.writeStartObject();
    json.writeName(TYPE);
    json.writeString(shape.pageType());
    json.writeName(ROWS);
    json.writeStartArray();
    return json;
  }

  /// Whether the page has no row; such a page is not sent.
  public boolean isEmpty() {
    return rows == 0;
  }

  /// Ends the page, writes it and makes place for the next.
  public void sendTo(OutputStream out) throws IOException {
    JsonGenerator json = page;
    if (json == null) {
      return;
    }
    json.writeEndArray();
    shape.finishPage(json);
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
    buffer.writeTo(out);
    buffer.clear();
    page = null;
    rows = 0;
  }

  /// A buffer that keeps its memory from page to page, unless one was exceptionally large.
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(FULL_BYTES / 16);
    }

    void clear() {
      reset();
      if (buf.length > 4 * FULL_BYTES) {
        buf = new byte[FULL_BYTES];
      }
    }
  }
}
