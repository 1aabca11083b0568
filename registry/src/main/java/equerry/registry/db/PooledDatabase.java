package equerry.registry.db;

import com.zaxxer.hikari.HikariDataSource;
import equerry.api.error.ButlerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A database behind a connection pool.
///
/// SQLite's native calls would hold the carrier of a virtual thread, so its work runs on a few
/// platform threads, and interrupting the caller cancels its statement. Work for PostgreSQL runs on
/// the caller's thread; interrupting that closes its connection, which the database notices at once
/// (see [DatabaseSource]). For a connection waits the caller's thread with either, so that no work
/// that has one waits for a thread.
final class PooledDatabase implements Database {
  private final String name;
  private final HikariDataSource pool;
  private final Dialect dialect;
  private final @Nullable ExecutorService nativeCalls;

  PooledDatabase(
      String name, HikariDataSource pool, Dialect dialect, @Nullable ExecutorService nativeCalls) {
    this.name = name;
    this.pool = pool;
    this.dialect = dialect;
    this.nativeCalls = nativeCalls;
  }

  /// What to call it in messages.
  String name() {
    return name;
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    Running running = new Running();
    Connection free = connection();
    return call(
        () -> {
          try (Connection connection = free) {
            return work.run(new Session(connection, dialect, running));
          }
        },
        running);
  }

  @Override
  public <T> Cursor<T> open(Sql sql, int pageRows, Session.Filter<T> reader) {
    return new PooledCursor<>(this, sql, pageRows, reader);
  }

  /// Waits for a connection, which the caller must close.
  ///
  /// @throws ButlerException.Unavailable (database_busy) when none is free in time
  Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException failure) {
      throw SqlFaults.translate(failure, dialect, name);
    }
  }

  /// Runs a call where the database wants it, and translates what it throws.
  ///
  /// @param running knows the statement that the call waits for
  <T extends @Nullable Object> T call(Callable<T> call, Running running) {
    if (nativeCalls != null) {
      return await(nativeCalls.submit(call), running);
    }
    try {
      return call.call();
    } catch (Exception failed) {
      throw translate(failed);
    }
  }

  /// Starts a call on another thread.
  <T extends @Nullable Object> Future<T> submit(Callable<T> call) {
    if (nativeCalls != null) {
      return nativeCalls.submit(call);
    }
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("read-ahead").start(task);
    return task;
  }

  /// The result of a call on another thread, with what it threw translated.
  ///
  /// @param running knows the statement that the call waits for
  <T extends @Nullable Object> T await(Future<T> future, Running running) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.startVirtualThread(() -> running.cancelUntil(future::isDone));
      Thread.currentThread().interrupt();
      throw SqlFaults.unavailable("The wait for the database was interrupted", name, interrupted);
    } catch (ExecutionException failed) {
      throw translate(failed.getCause());
    }
  }

  private RuntimeException translate(@Nullable Throwable failure) {
    return switch (failure) {
      case ButlerException known -> known;
      case SQLException sql -> SqlFaults.translate(sql, dialect, name);
      case RuntimeException bug -> bug;
      case null, default ->
          new ButlerException.Internal("The database of " + name + " failed.", failure);
    };
  }

  @Override
  public int busyConnections() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    pool.close();
    if (nativeCalls != null) {
      nativeCalls.shutdownNow();
    }
  }
}
