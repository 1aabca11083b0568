package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.datastore.location.PathText;
import equerry.datastore.location.PercentCoding;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of a WebDAV server beside its target.
final class WebStagedFile implements StagedFile {
  private static final Logger LOG = LoggerFactory.getLogger(WebStagedFile.class);
  private static final int MAX_NAME = 50;

  private final WebClient client;
  private final ResourceUri target;
  private final ResourceUri part;
  private final long sizeBytes;
  private boolean placed;
  private Optional<String> entityTag = Optional.empty();

  private WebStagedFile(WebClient client, ResourceUri target, ResourceUri part, long sizeBytes) {
    this.client = client;
    this.target = target;
    this.part = part;
    this.sizeBytes = sizeBytes;
  }

  static StagedFile send(WebClient client, ResourceUri target, ContentSource source)
      throws IOException {
    ResourceUri part = partOf(target);
    AtomicLong sent = new AtomicLong();
    try {
      Milestone.FILE_STAGING.passed();
      int status =
          client.send(part, "PUT", body(source, sent), BodyHandlers.discarding()).statusCode();
      WebFaults.refuseWrite(target, status);
      return new WebStagedFile(client, target, part, sent.get());
    } catch (RuntimeException e) {
      discard(client, part);
      throw e;
    }
  }

  private static ResourceUri partOf(ResourceUri target) {
    String name = PathText.name(target.decodedPath());
    String random = Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x10000000);
    String part =
        "." + name.substring(0, Math.min(name.length(), MAX_NAME)) + "." + random + ".part";
    return WebAddress.at(
        target, WebAddress.parent(target).path() + PercentCoding.encodeSegment(part));
  }

  private static BodyPublisher body(ContentSource source, AtomicLong sent) throws IOException {
    BodyPublisher stream =
        BodyPublishers.ofInputStream(
            () -> {
              try {
                sent.set(0);
                return new CountedStream(source.open(), sent);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    OptionalLong size = source.knownSizeBytes();
    return size.isPresent() && size.getAsLong() > 0
        ? BodyPublishers.fromPublisher(stream, size.getAsLong())
        : size.isPresent() ? BodyPublishers.noBody() : stream;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void place() {
    Milestone.FILE_BEFORE_PLACE.passed();
    HttpResponse<Void> answer =
        client.send(
            part,
            "MOVE",
            BodyPublishers.noBody(),
            BodyHandlers.discarding(),
            "Destination",
            WebAddress.url(target).toString(),
            "Overwrite",
            "T");
    WebFaults.refuseWrite(target, answer.statusCode());
    placed = true;
    entityTag = entityTag();
    Milestone.FILE_PLACED.passed();
  }

  @Override
  public void undo() {
    if (!placed) {
      discard(client, part);
      return;
    }
    try {
      if (entityTag.isPresent() && entityTag.equals(entityTag())) {
        discard(client, target);
      } else if (entityTag.isEmpty()) {
        LOG.warn("A file of a change that was undone stays: {}", target.path());
      }
    } catch (ButlerException e) {
      LOG.warn("A file of a change that was undone could not be removed: {}", target.path(), e);
    }
  }

  private Optional<String> entityTag() {
    return client
        .send(target, "HEAD", BodyPublishers.noBody(), BodyHandlers.discarding())
        .headers()
        .firstValue("ETag");
  }

  private static void discard(WebClient client, ResourceUri file) {
    try {
      client.send(file, "DELETE", BodyPublishers.noBody(), BodyHandlers.discarding());
    } catch (ButlerException e) {
      LOG.warn("A temporary file could not be removed: {}", file.path(), e);
    }
  }

  /// Counts what is read, which is what was sent once the server has answered.
  private static final class CountedStream extends java.io.FilterInputStream {
    private final AtomicLong count;

    CountedStream(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count.addAndGet(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count.addAndGet(Math.max(0, n));
      return n;
    }
  }
}
