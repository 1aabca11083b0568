package equerry.cli.query;

import equerry.api.query.ResultStream;
import equerry.cli.shell.Progress;
import equerry.cli.shell.RowWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads the rows of a command within its limit.
final class Listing implements AutoCloseable {
  private static final int CHECK_EVERY = 1000;
  private static final int BATCH = 500;

  private final RowLimit limit;
  private final PrintWriter out;
  private final Progress progress;
  private long seen;
  private boolean cut;

  Listing(RowLimit limit, PrintWriter out, Progress progress) {
    this.limit = limit;
    this.out = out;
    this.progress = progress;
  }

  /// Gives each row that is to be shown to a consumer.
  <T> void read(ResultStream<T> rows, Consumer<T> consumer) {
    for (T row : rows) {
      if (!isWanted()) {
        return;
      }
      if (seen > limit.skipped()) {
        consumer.accept(row);
      }
    }
  }

  /// As [#read], for a consumer that looks something up for many rows at once.
  <T> void readBatches(ResultStream<T> rows, Consumer<List<T>> consumer) {
    List<T> batch = new ArrayList<>(BATCH);
    read(
        rows,
        row -> {
          batch.add(row);
          if (batch.size() == BATCH) {
            consumer.accept(List.copyOf(batch));
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      consumer.accept(batch);
    }
  }

  private boolean isWanted() {
    if (limit.rows() > 0 && seen == limit.rows() + limit.skipped()) {
      cut = true;
      return false;
    }
    seen++;
    progress.step();
    if (seen % CHECK_EVERY == 0) {
      RowWriter.checkReader(out);
    }
    return true;
  }

  boolean isEmpty() {
    return seen <= limit.skipped();
  }

  /// Says that there are more rows, where that is wanted.
  void note(PrintWriter err) {
    if (cut && limit.cap() == RowLimit.Cap.NOTED) {
      err.println(
          "equerry: there are more than these "
              + limit.rows()
              + "; --limit 0 shows all, --limit N"
              + " another number.");
      err.flush();
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
