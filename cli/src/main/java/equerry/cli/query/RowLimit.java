package equerry.cli.query;

import java.util.OptionalLong;

/// How many rows a command shows.
///
/// @param rows how many at most, 0 for all
/// @param skipped how many of the first are left out
/// @param cap whether to say that there are more
record RowLimit(long rows, long skipped, Cap cap) {
  /// What happens where a limit cuts.
  enum Cap {
    SILENT,
    NOTED
  }

  /// @param option the number of `--limit`: negative for a cap with a note
  static RowLimit of(long option, long skipped) {
    return option < 0
        ? new RowLimit(Math.negateExact(option), skipped, Cap.NOTED)
        : new RowLimit(option, skipped, Cap.SILENT);
  }

  /// How many rows to ask for: one more than is shown, if it matters whether there are more.
  OptionalLong asked() {
    if (rows == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.addExact(rows, skipped) + (cap == Cap.NOTED ? 1 : 0));
  }
}
