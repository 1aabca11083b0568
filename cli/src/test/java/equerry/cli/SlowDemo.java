package equerry.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A copy of the demo repository of which one table, that of `visit_summary`, can be made to never
/// answer.
///
/// @param root its folder
/// @param postgres its database, null for SQLite
record SlowDemo(Path root, @Nullable EmbeddedPostgres postgres) implements AutoCloseable {
  private static final String TABLE = "dataset_tags_00000007";

  /// Where the registry is.
  enum Engine {
    SQLITE,
    POSTGRESQL
  }

  static SlowDemo make(Engine engine, Path folder) throws IOException, SQLException {
    Path root = DemoFolder.make(folder);
    if (engine == Engine.SQLITE) {
      return new SlowDemo(root, null);
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    SlowDemo demo = new SlowDemo(root, postgres);
    demo.load();
    Files.delete(root.resolve("gen3.sqlite3"));
    Files.writeString(
        root.resolve("butler.yaml"),
        """
        datastore:
          cls: lsst.daf.butler.datastores.fileDatastore.FileDatastore
          records:
            table: file_datastore_records
          root: <butlerRoot>
        registry:
          db: postgresql://postgres@localhost:%d/postgres
          namespace: demo
        """
            .formatted(postgres.getPort()));
    return demo;
  }

  private void load() throws IOException, SQLException {
    InputStream dump = SlowDemo.class.getResourceAsStream("/equerry/direct/demo-postgresql.sql");
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(dump), StandardCharsets.UTF_8));
        Connection connection =
            Objects.requireNonNull(postgres).getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        statement.execute(line);
      }
      connection.commit();
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres == null
            ? "jdbc:sqlite:" + root.resolve("gen3.sqlite3")
            : postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=demo");
  }

  /// From now on whoever reads the table waits for hours.
  void neverAnswer() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + TABLE + " RENAME TO quick");
      statement.execute(
          postgres == null
              ? ("CREATE VIEW %s AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                      + " SELECT quick.* FROM quick WHERE (SELECT count(*) FROM n) > 0")
                  .formatted(TABLE)
              : "CREATE VIEW %s AS SELECT quick.* FROM pg_sleep(7200), quick".formatted(TABLE));
    }
  }

  /// How many statements of the server PostgreSQL works on.
  int runningStatements() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                    + " AND application_name = 'equerry'")) {
      count.next();
      return count.getInt(1);
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
