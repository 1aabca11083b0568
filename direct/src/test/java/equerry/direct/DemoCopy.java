package equerry.direct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// A copy of the demo repository that a test may change behind the butler's back.
///
/// @param root its folder
/// @param database the name of its PostgreSQL database, null for SQLite
record DemoCopy(Path root, @Nullable String database) implements AutoCloseable {
  private static final String SCHEMA = "demo";

  /// Where a copy keeps its registry.
  enum Engine {
    SQLITE,
    POSTGRESQL
  }

  static DemoCopy make(Engine engine, Path folder) {
    Path root = folder.resolve("repository");
    try {
      unpack(root);
      if (engine == Engine.SQLITE) {
        return new DemoCopy(root, null);
      }
      String database = EmbeddedDatabase.copy();
      String config =
          """
          datastore:
            cls: lsst.daf.butler.datastores.fileDatastore.FileDatastore
            records:
              table: file_datastore_records
            root: <butlerRoot>
          registry:
            db: postgresql://postgres@localhost:%d/%s
            namespace: %s
          """
              .formatted(EmbeddedDatabase.port(), database, SCHEMA);
      Files.delete(root.resolve("gen3.sqlite3"));
      Files.writeString(root.resolve("butler.yaml"), config);
      return new DemoCopy(root, database);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void unpack(Path root) throws IOException {
    InputStream archive = DemoCopy.class.getResourceAsStream("/equerry/direct/demo-repository.zip");
    try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  DirectButler open() {
    return DirectButler.open(
        root.toString(), new DirectButler.Options(Map.of(), 4, Duration.ofSeconds(30)));
  }

  WritableDirectButler openForWriting() {
    return DirectButler.openForWriting(
        root.toString(), new DirectButler.Options(Map.of(), 4, Duration.ofSeconds(30)));
  }

  /// A connection of somebody else; table names need no schema.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database == null
            ? "jdbc:sqlite:" + root.resolve("gen3.sqlite3")
            : EmbeddedDatabase.jdbcUrl(database) + "&currentSchema=" + SCHEMA);
  }

  /// Somebody else changes the registry and commits.
  void commit(String... statements) {
    try (Connection connection = connect();
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

  @Override
  public void close() {
    if (database != null) {
      try {
        EmbeddedDatabase.drop(database);
      } catch (SQLException broken) {
        throw new IllegalStateException(broken);
      }
    }
  }
}
