package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Files of web servers: any to read from, those with WebDAV (RFC 4918) to write to.
///
/// A file is sent as `.<name>.<random>.part` to the folder of its target and moved by the server.
public final class WebStorage implements Storage, AutoCloseable {
  /// How deep a listing goes: a server could show a folder within itself without end.
  static final int MAX_DEPTH = 64;

  private static final int NOT_FOUND = 404;
  private static final int EXISTS = 405;

  private final WebClient client;
  private final Set<String> knownFolders = ConcurrentHashMap.newKeySet();

  /// @param environment `LSST_HTTP_AUTH_BEARER_TOKEN`, a token or the path of a file with one
  public WebStorage(Map<String, String> environment) {
    this.client = new WebClient(environment);
  }

  @Override
  public OptionalLong sizeBytes(ResourceUri file) {
    HttpResponse<Void> answer =
        client.send(file, "HEAD", BodyPublishers.noBody(), BodyHandlers.discarding());
    if (answer.statusCode() == NOT_FOUND) {
      return OptionalLong.empty();
    }
    WebFaults.refuseRead(file, answer.statusCode());
    return OptionalLong.of(answer.headers().firstValueAsLong("Content-Length").orElse(-1));
  }

  @Override
  public InputStream open(ResourceUri file) {
    HttpResponse<InputStream> answer =
        client.send(file, "GET", BodyPublishers.noBody(), BodyHandlers.ofInputStream());
    if (answer.statusCode() / 100 != 2) {
      WebFaults.closeQuietly(answer.body());
      WebFaults.refuseRead(file, answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public StagedFile stage(ResourceUri target, ContentSource source) {
    try {
      makeFolders(WebAddress.parent(target));
      StagedFile staged = WebStagedFile.send(client, target, source);
      Milestone.FILE_STAGED.passed();
      return staged;
    } catch (IOException e) {
      throw FileFaults.reading(target.path(), e);
    }
  }

  private void makeFolders(ResourceUri folder) {
    if (folder.path().equals("/") || knownFolders.contains(folder.toString())) {
      return;
    }
    int status = makeFolder(folder);
    if (status == 409) {
      makeFolders(WebAddress.parent(folder));
      status = makeFolder(folder);
    }
    if (status != EXISTS) {
      WebFaults.refuseWrite(folder, status);
    }
    knownFolders.add(folder.toString());
  }

  private int makeFolder(ResourceUri folder) {
    return client
        .send(folder, "MKCOL", BodyPublishers.noBody(), BodyHandlers.discarding())
        .statusCode();
  }

  @Override
  public void sync(Collection<ResourceUri> placed) {}

  @Override
  public Map<ResourceUri, ButlerException> delete(Collection<ResourceUri> files) {
    Map<ResourceUri, ButlerException> failures = new HashMap<>();
    for (ResourceUri file : files) {
      Milestone.FILE_BEFORE_DELETE.passed();
      try {
        int status =
            client
                .send(file, "DELETE", BodyPublishers.noBody(), BodyHandlers.discarding())
                .statusCode();
        if (status != NOT_FOUND) {
          WebFaults.refuseDelete(file, status);
        }
        Milestone.FILE_DELETED.passed();
      } catch (ButlerException e) {
        failures.put(file, e);
      }
    }
    return failures;
  }

  @Override
  public void list(ResourceUri folder, Consumer<ListedFile> visitor) {
    list(folder.asDirectory(), visitor, MAX_DEPTH);
  }

  private void list(ResourceUri folder, Consumer<ListedFile> visitor, int depth) {
    for (WebListing.Entry entry : WebListing.of(client, folder)) {
      if (!entry.isFolder()) {
        visitor.accept(new ListedFile(entry.uri(), entry.sizeBytes(), entry.changedAt()));
      } else if (depth > 0) {
        list(entry.uri(), visitor, depth - 1);
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
