package equerry.registry.migrate;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.DatabaseSource;
import equerry.registry.db.Sql;
import equerry.registry.db.WriteSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// What only SQLite can and needs.
final class SqliteFile {
  private static final String PREFIX = "sqlite:///";

  private SqliteFile() {}

  /// Copies the last commit into a new file. Whoever calls it holds the lock of the writer, so that
  /// nobody commits between the copy and the first change.
  ///
  /// @throws ButlerException.Conflict (conflict) when there is such a file
  static void copy(DatabaseSource source, Path backup) throws SQLException {
    if (Files.exists(backup)) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "The file '" + backup + "' for the copy exists already. Nothing was changed.");
    }
    String file = source.url().substring(PREFIX.length());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, backup.toString());
      copy.execute();
    }
  }

  /// Replaces the text that SQLite keeps of a table.
  static void declare(WriteSession session, Change.Declaration change) throws SQLException {
    session.define("PRAGMA writable_schema = ON");
    int changed =
        session.execute(
            Sql.of(
                "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
                change.declaration(),
                change.table()));
    session.define("PRAGMA writable_schema = OFF");
    if (changed != 1) {
      throw new ButlerException.Internal("A table to be declared anew is not there.", null);
    }
  }

  /// Lets this and all other connections read the texts again.
  static void reload(WriteSession session) throws SQLException {
    long version = session.first(Sql.of("PRAGMA schema_version"), row -> row.integer(1)).orElse(0L);
    session.define("PRAGMA schema_version = " + (version + 1));
    session.define("PRAGMA writable_schema = RESET");
  }
}
