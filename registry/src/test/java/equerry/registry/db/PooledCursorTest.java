package equerry.registry.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How cursors end.
class PooledCursorTest {
  private static final long PAUSE_MILLIS = 200;
  @TempDir private Path folder = Path.of("");

  @Test
  void endsWhileThePageAheadHasItsLastRow() throws Exception {
    Path file = folder.resolve("numbers.sqlite3");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE numbers (n INTEGER)");
      statement.execute("INSERT INTO numbers VALUES (1), (2), (3), (4), (5), (6)");
    }
    var source = new DatabaseSource("sqlite:///" + file, null, null, 1, Duration.ofSeconds(5));
    CountDownLatch lastOfPage = new CountDownLatch(1);
    try (Database database = source.open()) {
      Cursor<Long> cursor =
          database.open(
              Sql.of("SELECT n FROM numbers ORDER BY n"),
              2,
              row -> {
                long number = row.integer(1);
                if (number == 4) {
                  lastOfPage.countDown();
                  pause();
                }
                return number;
              });
      assertThat(cursor.next()).containsExactly(1L, 2L);
      lastOfPage.await();
      cursor.close();
      assertThat(database.busyConnections()).isZero();
    }
  }

  /// Long enough for the cursor to be closed, and its statement cancelled, meanwhile.
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
