package equerry.datastore.storage;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// A WebDAV server that allows nothing that RFC 4918 forbids.
final class FakeWebDav extends FakeServer {
  final SortedMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  final SortedSet<String> folders = new ConcurrentSkipListSet<>();
  volatile @Nullable String authorization;

  FakeWebDav() {
    folders.add("/");
  }

  @Override
  void answer(HttpExchange exchange, byte[] body) throws IOException {
    authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String path = exchange.getRequestURI().getPath();
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        if (folders.contains(parent(path))) {
          files.put(path, body);
          answer(exchange, 201, "");
        } else {
          answer(exchange, 409, "");
        }
      }
      case "MKCOL" -> {
        String folder = path.endsWith("/") ? path : path + "/";
        boolean possible = folders.contains(parent(path));
        answer(exchange, !possible ? 409 : folders.add(folder) ? 201 : 405, "");
      }
      case "GET", "HEAD" -> get(exchange, path);
      case "MOVE" -> move(exchange, path);
      case "DELETE" -> answer(exchange, files.remove(path) == null ? 404 : 204, "");
      case "PROPFIND" -> list(exchange, path);
      default -> answer(exchange, 405, "");
    }
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    byte[] found = files.get(path);
    if (found == null) {
      answer(exchange, 404, "");
    } else {
      exchange.getResponseHeaders().set("ETag", "\"" + Arrays.hashCode(found) + "\"");
      answer(exchange, 200, found);
    }
  }

  private void move(HttpExchange exchange, String path) throws IOException {
    String target =
        URI.create(String.valueOf(exchange.getRequestHeaders().getFirst("Destination"))).getPath();
    boolean overwrites = "T".equals(exchange.getRequestHeaders().getFirst("Overwrite"));
    byte[] bytes = files.get(path);
    if (bytes == null) {
      answer(exchange, 404, "");
    } else if (!folders.contains(parent(target))) {
      answer(exchange, 409, "");
    } else if (files.containsKey(target) && !overwrites) {
      answer(exchange, 412, "");
    } else {
      files.remove(path);
      answer(exchange, files.put(target, bytes) == null ? 201 : 204, "");
    }
  }

  private void list(HttpExchange exchange, String path) throws IOException {
    if (!folders.contains(path)) {
      answer(exchange, 404, "");
      return;
    }
    if (!"1".equals(exchange.getRequestHeaders().getFirst("Depth"))) {
      answer(exchange, 403, "");
      return;
    }
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\">");
    append(xml, path, "<d:resourcetype><d:collection/></d:resourcetype>");
    for (String folder : folders) {
      if (!folder.equals("/") && parent(folder).equals(path)) {
        append(xml, folder, "<d:resourcetype><d:collection/></d:resourcetype>");
      }
    }
    files.forEach(
        (file, bytes) -> {
          if (parent(file).equals(path)) {
            append(
                xml,
                file,
                "<d:resourcetype/><d:getcontentlength>"
                    + bytes.length
                    + "</d:getcontentlength><d:getlastmodified>Fri, 02 Jan 2026 03:04:05 GMT"
                    + "</d:getlastmodified>");
          }
        });
    answer(exchange, 207, xml.append("</d:multistatus>").toString());
  }

  private static void append(StringBuilder xml, String path, String properties) {
    xml.append("<d:response><d:href>").append(path.replace(" ", "%20"));
    xml.append("</d:href><d:propstat><d:prop>").append(properties);
    xml.append("</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>");
  }

  private static String parent(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.substring(0, plain.lastIndexOf('/') + 1);
  }
}
