package equerry.api.time;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A half-open interval of time, `[begin, end)`, in TAI nanoseconds since 1970-01-01 00:00:00 TAI.
///
/// An end at [#MIN_NANOS] or [#MAX_NANOS] is unbounded on that side. Every empty timespan is equal
/// to [#EMPTY]. These are the stored pairs of a butler registry.
public record Timespan(long beginNanos, long endNanos) {
  /// The begin of a timespan without one.
  public static final long MIN_NANOS = 0L;

  /// The end of a timespan without one: 2100-01-01 TAI.
  public static final long MAX_NANOS = 4_102_444_800_000_000_000L;

  /// The timespan that overlaps nothing.
  public static final Timespan EMPTY = new Timespan(MAX_NANOS, MIN_NANOS);

  /// All of time.
  public static final Timespan UNBOUNDED = new Timespan(MIN_NANOS, MAX_NANOS);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  public Timespan {
    if (beginNanos >= endNanos) {
      beginNanos = MAX_NANOS;
      endNanos = MIN_NANOS;
    }
  }

  /// Makes the timespan between two optional instants, which are clamped to the range of times that
  /// a registry can hold; an instant is widened to one nanosecond.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for an instant at either end of that range
  public static Timespan between(@Nullable Long beginNanos, @Nullable Long endNanos) {
    long begin = beginNanos == null ? MIN_NANOS : Math.clamp(beginNanos, MIN_NANOS, MAX_NANOS);
    long end = endNanos == null ? MAX_NANOS : Math.clamp(endNanos, MIN_NANOS, MAX_NANOS);
    if (begin != end) {
      return new Timespan(begin, end);
    }
    if (begin == MIN_NANOS || begin >= MAX_NANOS - 1) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "A timespan cannot be one instant at the first or last time that a repository can hold"
              + " (1970-01-01 and 2100-01-01 TAI); leave that end open.");
    }
    return new Timespan(begin, begin + 1);
  }

  /// Whether this timespan holds no instant.
  public boolean isEmpty() {
    return beginNanos >= endNanos;
  }

  /// Whether the two share an instant.
  public boolean overlaps(Timespan other) {
    return endNanos > other.beginNanos && other.endNanos > beginNanos;
  }

  /// The instants that are in both.
  public Timespan intersection(Timespan other) {
    long begin = Math.max(beginNanos, other.beginNanos);
    long end = Math.min(endNanos, other.endNanos);
    return begin < end ? new Timespan(begin, end) : EMPTY;
  }

  /// An instant to the second, TAI, as messages show it: `2021-09-09T03:00:00`.
  public static String format(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    return SECONDS.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
  }

  /// As messages show it: `[2021-09-09T03:00:00, ∞)`, `(empty)`.
  @Override
  public String toString() {
    if (isEmpty()) {
      return "(empty)";
    }
    String begin = beginNanos == MIN_NANOS ? "(-∞, " : "[" + format(beginNanos) + ", ";
    return begin + (endNanos == MAX_NANOS ? "∞)" : format(endNanos) + ")");
  }
}
