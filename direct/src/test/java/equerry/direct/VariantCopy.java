package equerry.direct;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// A SQLite repository with an old schema or universe, made of the resources `variants/NAME.*`.
///
/// @param root its folder
record VariantCopy(Path root) {
  static VariantCopy make(String name, Path folder) {
    Path root = folder.resolve(name);
    try (InputStream config = resource(name + ".yaml");
        InputStream packed = resource(name + ".sql.gz");
        BufferedReader dump =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      Files.createDirectories(root);
      Files.copy(config, root.resolve("butler.yaml"));
      VariantCopy copy = new VariantCopy(root);
      copy.commit(dump.lines().toArray(String[]::new));
      return copy;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(VariantCopy.class.getResourceAsStream("variants/" + name));
  }

  Path database() {
    return root.resolve("gen3.sqlite3");
  }

  DirectButler open() {
    return DirectButler.open(
        root.toString(), new DirectButler.Options(Map.of(), 2, Duration.ofSeconds(30)));
  }

  void commit(String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String text : statements) {
        statement.execute(text);
      }
      connection.commit();
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
