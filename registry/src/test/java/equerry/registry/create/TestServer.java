package equerry.registry.create;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server for the tests of one virtual machine; every test has a database of its own.
final class TestServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestServer() {}

  /// Started at first use, stopped with the virtual machine.
  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException failure) {
        throw new IllegalStateException("No embedded PostgreSQL", failure);
      }
    }
  }

  /// Makes a database without extensions and gives its URL, as `butler.yaml` has it.
  static String newDatabase() throws SQLException {
    String name = "made_" + DATABASES.incrementAndGet();
    run("postgres", "CREATE DATABASE " + name);
    return "postgresql://postgres@localhost:" + Holder.SERVER.getPort() + "/" + name;
  }

  /// Runs statements in a database.
  ///
  /// @param database its name or URL
  static void run(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  static Connection connect(String database) throws SQLException {
    String name = database.substring(database.lastIndexOf('/') + 1);
    return Holder.SERVER.getDatabase("postgres", name).getConnection();
  }
}
