package equerry.registry.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A cursor that holds one connection of the pool from its first page to its end.
///
/// While a full page is used, the next is read, so that the database, and the making of rows, do
/// not wait for the reader; no more than that one.
final class PooledCursor<T> implements Cursor<T> {
  private final PooledDatabase database;
  private final Sql sql;
  private final int pageRows;
  private final Session.Filter<T> reader;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile boolean closed;
  private final Running running = new Running();
  private @Nullable PreparedStatement statement;
  private @Nullable Connection connection;
  private @Nullable ResultSet result;
  private @Nullable Future<List<T>> ahead;

  PooledCursor(PooledDatabase database, Sql sql, int pageRows, Session.Filter<T> reader) {
    this.database = database;
    this.sql = sql;
    this.pageRows = pageRows;
    this.reader = reader;
  }

  @Override
  public List<T> next() {
    Future<List<T>> asked = ahead;
    List<T> page = asked == null ? waitFor() : database.await(asked, running);
    ahead = page.size() < pageRows ? null : database.submit(this::readAhead);
    return page;
  }

  private List<T> waitFor() {
    reading.lock();
    try {
      if (closed) {
        return List.of();
      }
      Connection held = connection == null ? database.connection() : connection;
      connection = held;
      return database.call(() -> page(held), running);
    } finally {
      reading.unlock();
    }
  }

  private List<T> readAhead() throws SQLException {
    // Nobody else reads meanwhile: who holds the lock is closing the cursor.
    if (!reading.tryLock()) {
      return List.of();
    }
    try {
      Connection held = connection;
      return closed || held == null ? List.of() : page(held);
    } finally {
      reading.unlock();
    }
  }

  private List<T> page(Connection held) throws SQLException {
    ResultSet rows = result == null ? start(held) : result;
    List<T> page = new ArrayList<>(Math.min(pageRows, 256));
    Row row = new Row(rows, database.dialect());
    while (page.size() < pageRows && rows.next()) {
      T value = reader.read(row);
      if (value != null) {
        page.add(value);
      }
    }
    return page;
  }

  /// A driver streams rows only inside a transaction with a fetch size.
  private ResultSet start(Connection held) throws SQLException {
    held.setAutoCommit(false);
    PreparedStatement prepared = Session.prepare(held, database.dialect(), sql);
    prepared.setFetchSize(pageRows);
    statement = prepared;
    running.started(prepared);
    ResultSet rows = prepared.executeQuery();
    result = rows;
    return rows;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!reading.tryLock()) {
      running.cancelUntil(reading::tryLock);
    }
    try {
      running.ended();
      database.call(this::release, new Running());
    } finally {
      reading.unlock();
    }
  }

  /// The statement ends first: as long as one that was cancelled is open, SQLite interrupts those that
  /// follow it on its connection, the rollback too (sqlite3_interrupt).
  private @Nullable Void release() throws SQLException {
    try (Connection toReturn = connection) {
      if (statement != null) {
        statement.close();
      }
      if (toReturn != null) {
        toReturn.rollback();
      }
    }
    return null;
  }
}
