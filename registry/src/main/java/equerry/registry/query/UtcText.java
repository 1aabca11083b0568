package equerry.registry.query;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.JulianFields;
import org.threeten.extra.scale.TaiInstant;
import org.threeten.extra.scale.UtcInstant;

/// UTC timestamps as datasets manager 1.0 keeps ingest dates: `2026-11-24 02:16:03.091283`.
final class UtcText {
  /// TAI seconds from 1958-01-01, the epoch of [TaiInstant], to 1970-01-01.
  private static final long EPOCH_SECONDS = 378_691_200L;

  private static final long NANOS = 1_000_000_000L;
  private static final long MICRO = 1_000L;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private UtcText() {}

  /// The text of an instant in TAI nanoseconds since 1970-01-01 TAI.
  static String of(long taiNanos) {
    TaiInstant tai =
        TaiInstant.ofTaiSeconds(
            Math.floorDiv(taiNanos, NANOS) + EPOCH_SECONDS, Math.floorMod(taiNanos, NANOS));
    UtcInstant utc = tai.toUtcInstant();
    LocalDateTime time =
        LocalDateTime.MIN
            .with(JulianFields.MODIFIED_JULIAN_DAY, utc.getModifiedJulianDay())
            .toLocalDate()
            .atStartOfDay()
            .plusNanos(utc.getNanoOfDay() / MICRO * MICRO);
    return FORMAT.format(time);
  }

  /// The TAI nanoseconds since 1970-01-01 TAI of a text, with or without a fraction of a second.
  static long toTaiNanos(String text) {
    LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
    TaiInstant tai =
        UtcInstant.ofModifiedJulianDay(
                time.getLong(JulianFields.MODIFIED_JULIAN_DAY), time.toLocalTime().toNanoOfDay())
            .toTaiInstant();
    return (tai.getTaiSeconds() - EPOCH_SECONDS) * NANOS + tai.getNano();
  }
}
