package equerry.direct;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server for the tests of one virtual machine, with the demo registry as a template.
final class EmbeddedDatabase {
  private static final String TEMPLATE = "demo_template";
  private static final AtomicInteger COPIES = new AtomicInteger();

  private EmbeddedDatabase() {}

  /// Started at first use, stopped with the virtual machine.
  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + TEMPLATE);
        }
        load(server.getJdbcUrl("postgres", TEMPLATE));
        return server;
      } catch (IOException | SQLException failure) {
        throw new IllegalStateException("No embedded PostgreSQL", failure);
      }
    }
  }

  private static void load(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        BufferedReader dump = resource("demo-postgresql.sql")) {
      connection.setAutoCommit(false);
      for (String line = dump.readLine(); line != null; line = dump.readLine()) {
        statement.execute(line);
      }
      connection.commit();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static BufferedReader resource(String name) {
    InputStream stream = EmbeddedDatabase.class.getResourceAsStream(name);
    return new BufferedReader(
        new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8));
  }

  /// Makes a database that is a copy of the demo's and names it.
  static String copy() throws SQLException {
    String name = "demo_" + COPIES.incrementAndGet();
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    }
    return name;
  }

  static void drop(String name) throws SQLException {
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  static int port() {
    return Holder.SERVER.getPort();
  }

  static String jdbcUrl(String name) {
    return Holder.SERVER.getJdbcUrl("postgres", name);
  }
}
