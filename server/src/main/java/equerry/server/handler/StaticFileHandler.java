package equerry.server.handler;

import equerry.server.http.Exchange;
import equerry.server.http.HttpProblem;
import equerry.server.http.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Delivers the files of one directory to everybody, such as an index of repositories.
final class StaticFileHandler implements Route.Handler {
  private static final int FILE_AT = 3;

  private final Path directory;

  StaticFileHandler(Path directory) {
    this.directory = directory;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    List<String> segments = Paths.segments(exchange);
    FileSender.send(exchange, find(segments.subList(FILE_AT, segments.size())));
  }

  /// Symbolic links are followed as long as they stay within the directory, since Kubernetes mounts
  /// configuration with them.
  private Path find(List<String> names) {
    Path path = directory;
    try {
      for (String name : names) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
          throw missing();
        }
        path = path.resolve(name);
      }
      Path real = path.toRealPath();
      if (real.startsWith(directory.toRealPath()) && Files.isRegularFile(real)) {
        return real;
      }
    } catch (IOException | InvalidPathException e) {
      throw missing();
    }
    throw missing();
  }

  private static HttpProblem missing() {
    return HttpProblem.of(404, "Not Found: there is no such file under " + Paths.CONFIGS);
  }
}
