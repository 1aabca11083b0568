package equerry.datastore.storage;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of S3 as a datastore needs, with one bucket `b` in the path.
final class FakeObjectStore extends FakeServer {
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  final SortedMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  final Map<String, SortedMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  @Override
  void answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    if (!path.equals("/b") && !path.startsWith("/b/")) {
      answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
      return;
    }
    String key = path.substring(Math.min(path.length(), 3));
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, key, parameter(query, "uploadId"), query, plain(exchange, body));
      case "GET", "HEAD" -> get(exchange, key, query);
      case "DELETE" -> delete(exchange, key, parameter(query, "uploadId"));
      case "POST" -> post(exchange, key, query, plain(exchange, body));
      default -> answer(exchange, 501, "");
    }
  }

  @Override
  String refusalBody() {
    return "<Error><Code>AccessDenied</Code><Message>secret host</Message></Error>";
  }

  private void put(
      HttpExchange exchange, String key, @Nullable String upload, String query, byte[] body)
      throws IOException {
    if (upload == null) {
      objects.put(key, body);
    } else {
      int number = Integer.parseInt(String.valueOf(parameter(query, "partNumber")));
      Objects.requireNonNull(uploads.get(upload)).put(number, body);
    }
    exchange.getResponseHeaders().set("ETag", tag(body));
    answer(exchange, 200, "");
  }

  private void get(HttpExchange exchange, String key, String query) throws IOException {
    if (key.isEmpty()) {
      answer(exchange, 200, listing(String.valueOf(parameter(query, "prefix"))));
      return;
    }
    byte[] found = objects.get(key);
    if (found == null) {
      answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    exchange.getResponseHeaders().set("ETag", tag(found));
    answer(exchange, 200, found);
  }

  private String listing(String prefix) {
    StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    objects.forEach(
        (key, bytes) -> {
          if (key.startsWith(prefix)) {
            xml.append("<Contents><Key>").append(key).append("</Key><Size>");
            xml.append(bytes.length).append("</Size><LastModified>");
            xml.append("2026-01-02T03:04:05.000Z</LastModified></Contents>");
          }
        });
    return xml.append("</ListBucketResult>").toString();
  }

  private void delete(HttpExchange exchange, String key, @Nullable String upload)
      throws IOException {
    if (upload == null) {
      objects.remove(key);
    } else {
      uploads.remove(upload);
    }
    answer(exchange, 204, "");
  }

  private void post(HttpExchange exchange, String key, String query, byte[] body)
      throws IOException {
    String upload = parameter(query, "uploadId");
    if (query.startsWith("uploads")) {
      String id = "u" + ids.incrementAndGet();
      uploads.put(id, new TreeMap<>());
      answer(
          exchange,
          200,
          "<InitiateMultipartUploadResult><UploadId>"
              + id
              + "</UploadId></InitiateMultipartUploadResult>");
    } else if (upload != null) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      Objects.requireNonNull(uploads.remove(upload)).values().forEach(whole::writeBytes);
      objects.put(key, whole.toByteArray());
      answer(
          exchange,
          200,
          "<CompleteMultipartUploadResult><ETag>"
              + tag(whole.toByteArray())
              + "</ETag></CompleteMultipartUploadResult>");
    } else {
      deleteAll(exchange, new String(body, StandardCharsets.UTF_8));
    }
  }

  /// Keys that contain `locked` cannot be deleted.
  private void deleteAll(HttpExchange exchange, String xml) throws IOException {
    StringBuilder answer = new StringBuilder("<DeleteResult>");
    Matcher keys = KEY.matcher(xml);
    while (keys.find()) {
      if (keys.group(1).contains("locked")) {
        answer.append("<Error><Key>").append(keys.group(1));
        answer.append("</Key><Code>AccessDenied</Code></Error>");
      } else {
        objects.remove(keys.group(1));
      }
    }
    answer(exchange, 200, answer.append("</DeleteResult>").toString());
  }

  private static String tag(byte[] bytes) {
    return "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
  }

  private static @Nullable String parameter(@Nullable String query, String name) {
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  /// Undoes the framing of `aws-chunked` bodies: each chunk has a line with its length in hex.
  private static byte[] plain(HttpExchange exchange, byte[] body) {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding == null || !encoding.contains("aws-chunked")) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(line.split(";", -1)[0], 16);
      if (length == 0) {
        break;
      }
      out.write(body, end + 2, length);
      at = end + 2 + length + 2;
    }
    return out.toByteArray();
  }
}
