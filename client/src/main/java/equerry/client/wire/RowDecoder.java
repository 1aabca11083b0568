package equerry.client.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the rows of one stream are read. Used by one thread.
///
/// @param <R> what a row is
interface RowDecoder<R> {
  /// The `type` of pages.
  String pageType();

  R row(WireValue value);

  /// Completes the rows of a page with what came beside them.
  default void finishPage(List<R> rows, @Nullable WireValue dimensionRecords) {}
}
