package equerry.registry.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Where a registry's tables are, as the `registry` section of `butler.yaml` says it.
///
/// @param url `sqlite:///PATH` or `postgresql://USER@HOST:PORT/NAME`, the placeholder for the
///     repository's root already replaced
/// @param namespace the PostgreSQL schema, null for the connection's own
/// @param login user and password where the URL has none, null to leave both to the driver
///     (`PGUSER`, `PGPASSFILE`)
/// @param connections how many connections at most
/// @param connectionWait how long work waits for one of them, when all are in use, before it fails
///     as [ErrorCode#DATABASE_BUSY]; at least a quarter of a second
public record DatabaseSource(
    String url,
    @Nullable String namespace,
    @Nullable Login login,
    int connections,
    Duration connectionWait) {
  private static final String SQLITE_PREFIX = "sqlite:///";

  /// What the connection that writes a SQLite file keeps of it in memory. A new dataset touches some
  /// twenty places; with SQLite's own 2 MiB they are read and written again and again.
  private static final int SQLITE_CACHE_KIB = 64 * 1024;

  /// How long a statement waits for a lock that another connection holds.
  static final Duration LOCK_WAIT = Duration.ofSeconds(60);

  /// Lets the database look four times a second whether a client that waits is still there, and end
  /// its statement if not. PostgreSQL has that setting from version 14 on.
  private static final String WATCH_CLIENT =
      "SELECT CASE WHEN current_setting('server_version_num')::int >= 140000"
          + " THEN set_config('client_connection_check_interval', '250', false) END";

  /// A user of the database and a password, which may be null.
  public record Login(String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /// Opens the database read-only.
  ///
  /// @throws ButlerException.Unavailable when it cannot be reached
  /// @throws ButlerException.Invalid (configuration) for a URL of another kind
  public Database open() {
    return open(Use.READ);
  }

  /// Opens the database for writing.
  ///
  /// @throws ButlerException.Unavailable when it cannot be reached
  /// @throws ButlerException.Invalid (configuration) for a URL of another kind
  public WritableDatabase openForWriting() {
    return writable(Use.WRITE);
  }

  /// Opens the database for writing; a SQLite file that is not there is made.
  ///
  /// @throws ButlerException.Unavailable when it cannot be reached
  /// @throws ButlerException.Invalid (configuration) for a URL of another kind
  public WritableDatabase create() {
    return writable(Use.CREATE);
  }

  private WritableDatabase writable(Use use) {
    PooledDatabase writer = open(use);
    try {
      return new WritableDatabase(open(Use.READ), writer);
    } catch (RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  /// What a pool of connections is for.
  private enum Use {
    READ,
    WRITE,
    CREATE
  }

  private PooledDatabase open(Use use) {
    if (url.startsWith(SQLITE_PREFIX)) {
      return openSqlite(Path.of(url.substring(SQLITE_PREFIX.length())), use);
    }
    if (url.startsWith("postgresql")) {
      return openPostgres(
          URI.create(url.replaceFirst("^postgresql(\\+\\w+)?:", "postgresql:")), use);
    }
    throw new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The registry's database '"
            + scheme()
            + "' is of a kind that is not supported; use sqlite or postgresql.");
  }

  private String scheme() {
    int colon = url.indexOf(':');
    return colon < 0 ? url : url.substring(0, colon);
  }

  private PooledDatabase openSqlite(Path file, Use use) {
    if (use != Use.CREATE && !Files.isRegularFile(file)) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "The registry's SQLite file '" + file.getFileName() + "' does not exist.",
          null);
    }
    HikariConfig config = pool("sqlite");
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.addDataSourceProperty("busy_timeout", Long.toString(LOCK_WAIT.toMillis()));
    switch (use) {
      case READ -> {
        config.addDataSourceProperty("open_mode", "1");
        config.addDataSourceProperty("jdbc.explicit_readonly", "true");
      }
      case WRITE -> sqliteWriter(config, "2");
      case CREATE -> sqliteWriter(config, "6");
    }
    int threads = Math.max(config.getMaximumPoolSize(), 1);
    ExecutorService nativeCalls =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("sqlite-", 0).factory());
    return new PooledDatabase(
        String.valueOf(file.getFileName()),
        open(config, String.valueOf(file.getFileName())),
        new SqliteDialect(),
        nativeCalls);
  }

  /// One connection, since a SQLite file has one writer at a time; its transactions take the lock
  /// when they begin, so that they never find in the middle that another writer has it.
  private static void sqliteWriter(HikariConfig config, String openMode) {
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(LOCK_WAIT.toMillis());
    config.addDataSourceProperty("open_mode", openMode);
    config.addDataSourceProperty("foreign_keys", "true");
    config.addDataSourceProperty("cache_size", Integer.toString(-SQLITE_CACHE_KIB));
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
  }

  private PooledDatabase openPostgres(URI uri, Use use) {
    HikariConfig config = pool("postgresql");
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String host = uri.getHost() == null ? "localhost" : uri.getHost();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    config.setJdbcUrl("jdbc:postgresql://" + host + port + uri.getRawPath() + query);
    String settings =
        switch (use) {
          case READ -> "-c default_transaction_read_only=on";
          case WRITE, CREATE -> "-c lock_timeout=" + LOCK_WAIT.toMillis();
        };
    config.addDataSourceProperty("options", settings + " -c TimeZone=UTC");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "equerry");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.setConnectionInitSql(WATCH_CLIENT);
    if (namespace != null) {
      config.addDataSourceProperty("currentSchema", "\"" + namespace.replace("\"", "\"\"") + "\"");
    }
    setLogin(config, uri);
    String place = host + port + uri.getPath();
    return new PooledDatabase(place, open(config, place), new PostgresDialect(), null);
  }

  /// Opens the first connection of a pool.
  private static HikariDataSource open(HikariConfig config, String place) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException failure) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "The registry's database "
              + place
              + " cannot be opened; it is not there, refuses the login, or is no database.",
          failure);
    }
  }

  private void setLogin(HikariConfig config, URI uri) {
    String info = uri.getRawUserInfo();
    String fallbackUser = System.getenv("PGUSER");
    if (info != null) {
      int colon = info.indexOf(':');
      config.setUsername(decode(colon < 0 ? info : info.substring(0, colon)));
      if (colon >= 0) {
        config.setPassword(decode(info.substring(colon + 1)));
      }
    } else if (login == null && fallbackUser != null) {
      config.setUsername(fallbackUser);
    }
    if (login != null) {
      config.setUsername(login.user());
      if (login.password() != null) {
        config.setPassword(login.password());
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private HikariConfig pool(String kind) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("equerry-" + kind + "-" + Integer.toHexString(url.hashCode()));
    config.setMaximumPoolSize(Math.max(connections, 1));
    config.setMinimumIdle(1);
    config.setConnectionTimeout(connectionWait.toMillis());
    config.setInitializationFailTimeout(1);
    return config;
  }
}
