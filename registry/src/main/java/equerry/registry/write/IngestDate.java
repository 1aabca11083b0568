package equerry.registry.write;

import equerry.registry.schema.SchemaVariant.IngestDates;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.threeten.extra.scale.TaiInstant;

/// The time at which datasets are registered, to the microsecond.
final class IngestDate {
  /// TAI seconds from 1958-01-01, the epoch of [TaiInstant], to 1970-01-01.
  private static final long EPOCH_SECONDS = 378_691_200L;

  private static final long NANOS = 1_000_000_000L;

  private IngestDate() {}

  /// An instant as a parameter for the column `ingest_date`.
  static Object of(Instant instant, IngestDates column) {
    Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
    return switch (column) {
      case TAI_NANOS -> {
        TaiInstant tai = TaiInstant.of(micros);
        yield (tai.getTaiSeconds() - EPOCH_SECONDS) * NANOS + tai.getNano();
      }
      case UTC_TIMESTAMP -> LocalDateTime.ofInstant(micros, ZoneOffset.UTC);
    };
  }
}
