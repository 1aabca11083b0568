package equerry.server.handler;

import equerry.datastore.delivery.FileAnswer;
import equerry.datastore.delivery.FileDelivery;
import equerry.datastore.delivery.FileRequest;
import equerry.datastore.delivery.FileSlice;
import equerry.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// Sends a file from this machine, or the part of it that was asked for.
final class FileSender {
  private FileSender() {}

  static void send(Exchange exchange, Path file) throws IOException {
    FileAnswer answer =
        FileDelivery.answer(
            file,
            new FileRequest(
                exchange.header("Range").orElse(null),
                exchange.header("If-None-Match").orElse(null),
                exchange.header("If-Modified-Since").orElse(null),
                exchange.header("If-Range").orElse(null)));
    exchange.begin(answer.status(), answer.headers());
    FileSlice body = answer.body();
    if (body != null && !exchange.method().equals("HEAD")) {
      body.writeTo(new Body(exchange));
    }
    exchange.send(new byte[0], 0, 0, Exchange.Part.LAST);
  }

  /// The body of an answer as a stream.
  private static final class Body extends OutputStream {
    private final Exchange exchange;

    Body(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      exchange.send(bytes, offset, length, Exchange.Part.MORE);
    }
  }
}
