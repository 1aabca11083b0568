package equerry.server;

import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Refs of [FakeButler#BIAS] that an iterator makes; tells when it is closed.
final class FakeRows implements ResultRows {
  final CountDownLatch closed = new CountDownLatch(1);
  private final Iterator<Object[]> rows;

  FakeRows(Iterable<Object[]> rows) {
    this.rows = rows.iterator();
  }

  static Object[] row(long detector) {
    return new Object[] {"Cam1", detector, FakeButler.ID, "run/1"};
  }

  @Override
  public List<ResultColumn> columns() {
    return List.of(
        new ResultColumn.Key(FakeButler.UNIVERSE.dimension("instrument")),
        new ResultColumn.Key(FakeButler.UNIVERSE.dimension("detector")),
        new ResultColumn.Dataset(FakeButler.BIAS, DatasetColumn.DATASET_ID),
        new ResultColumn.Dataset(FakeButler.BIAS, DatasetColumn.RUN));
  }

  @Override
  public Iterator<Object[]> iterator() {
    return rows;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// So many rows, and then a failure.
  static FakeRows failing(int count, RuntimeException failure) {
    return new FakeRows(
        () ->
            new Iterator<>() {
              private int left = count;

              @Override
              public boolean hasNext() {
                if (left == 0) {
                  throw failure;
                }
                return true;
              }

              @Override
              public Object[] next() {
                left--;
                return row(left);
              }
            });
  }

  /// Rows of which each is waited for, until they are closed.
  static FakeRows never() {
    CountDownLatch[] end = new CountDownLatch[1];
    FakeRows rows =
        new FakeRows(
            () ->
                new Iterator<>() {
                  @Override
                  public boolean hasNext() {
                    try {
                      end[0].await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return false;
                  }

                  @Override
                  public Object[] next() {
                    throw new IllegalStateException("There are no rows");
                  }
                });
    end[0] = rows.closed;
    return rows;
  }
}
