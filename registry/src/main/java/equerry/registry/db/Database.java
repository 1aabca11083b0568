package equerry.registry.db;

import equerry.api.error.ButlerException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A repository's database, opened for reading.
///
/// Safe for use by many threads. Faults of the database are thrown as
/// [equerry.api.error.ButlerException.Unavailable] or `Internal`, without SQL in their messages.
public sealed interface Database extends AutoCloseable permits PooledDatabase {
  Dialect dialect();

  /// Runs a piece of work on a connection of its own and waits for it.
  <T extends @Nullable Object> T read(Work<T> work);

  /// Starts a statement whose rows are read page by page.
  ///
  /// @param pageRows how many rows to fetch at a time
  <T> Cursor<T> open(Sql sql, int pageRows, Session.Filter<T> reader);

  /// How many connections are in use now.
  int busyConnections();

  @Override
  void close();

  /// Whether a failure of [#read] says that a table or column does not exist (any more).
  default boolean isUndefinedObject(ButlerException failure) {
    return failure.getCause() instanceof SQLException sql && dialect().isUndefinedObject(sql);
  }

  /// What [#read] runs.
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }
}
