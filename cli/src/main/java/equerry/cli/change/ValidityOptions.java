package equerry.cli.change;

import equerry.api.time.TimeText;
import equerry.api.time.Timespan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say when calibrations are valid.
public final class ValidityOptions {
  @Option(
      names = "--begin-date",
      paramLabel = "TIME",
      description = "Begin of validity, TAI, such as 2026-03-15T12:00:00. Default: no begin.")
  private @Nullable String begin;

  @Option(
      names = "--end-date",
      paramLabel = "TIME",
      description = "End of validity, TAI; the time itself is out of it. Default: no end.")
  private @Nullable String end;

  /// The time of validity.
  ///
  /// @throws equerry.api.error.ButlerException.Invalid (invalid_query) for a text that is no time
  Timespan timespan() {
    return Timespan.between(nanos(begin), nanos(end));
  }

  private static @Nullable Long nanos(@Nullable String text) {
    return text == null ? null : TimeText.parse(text.strip() + "/tai");
  }
}
