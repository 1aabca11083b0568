package equerry.direct.exchange.yaml;

import equerry.api.time.TimeText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time in a document, in TAI nanoseconds since 1970-01-01 TAI.
public record YamlTime(long nanos) {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(?<date>[-0-9]+)(?:(?:[Tt]|[ \\t]+)(?<time>[0-9:.]+)"
              + "[ \\t]*(?<zone>Z|(?<sign>[-+])(?<hours>[0-9]{1,2})(?::(?<minutes>[0-9]{2}))?)?)?");
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  /// A time of the tag `!butler_time/tai/iso`.
  ///
  /// @throws equerry.api.error.ButlerException.Invalid (invalid_query) when the text is none
  static YamlTime ofIso(String text) {
    return new YamlTime(TimeText.parse("iso/" + text + "/tai"));
  }

  /// A timestamp of YAML itself, which old documents have: UTC unless it names a zone.
  ///
  /// @throws equerry.api.error.ButlerException.Invalid (invalid_query) when the text is none
  static YamlTime ofTimestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text);
    if (!matcher.matches()) {
      return new YamlTime(TimeText.parse(text));
    }
    @Nullable String time = matcher.group("time");
    long local =
        TimeText.parse("iso/" + matcher.group("date") + (time == null ? "" : " " + time) + "/utc");
    return new YamlTime(local - offsetMinutes(matcher) * NANOS_PER_MINUTE);
  }

  private static long offsetMinutes(Matcher matcher) {
    if (matcher.group("sign") == null) {
      return 0;
    }
    @Nullable String minutes = matcher.group("minutes");
    long offset =
        Long.parseLong(matcher.group("hours")) * 60
            + (minutes == null ? 0 : Long.parseLong(minutes));
    return matcher.group("sign").equals("-") ? -offset : offset;
  }
}
