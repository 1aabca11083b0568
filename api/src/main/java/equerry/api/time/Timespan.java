package equerry.api.time;

import org.jspecify.annotations.Nullable;

/// A half-open interval of time, `[begin, end)`, in TAI nanoseconds since 1970-01-01 00:00:00 TAI.
///
/// An end at [#MIN_NANOS] or [#MAX_NANOS] is unbounded on that side. Every empty timespan is equal
/// to [#EMPTY]. These are the stored pairs of a butler registry, kept as they are.
public record Timespan(long beginNanos, long endNanos) {
  /// The begin of a timespan without one.
  public static final long MIN_NANOS = 0L;

  /// The end of a timespan without one: 2100-01-01 TAI.
  public static final long MAX_NANOS = 4_102_444_800_000_000_000L;

  /// The timespan that overlaps nothing.
  public static final Timespan EMPTY = new Timespan(MAX_NANOS, MIN_NANOS);

  /// All of time.
  public static final Timespan UNBOUNDED = new Timespan(MIN_NANOS, MAX_NANOS);

  /// Makes the timespan between two optional instants; an instant is widened to one nanosecond.
  public static Timespan between(@Nullable Long beginNanos, @Nullable Long endNanos) {
    long begin = beginNanos == null ? MIN_NANOS : Math.clamp(beginNanos, MIN_NANOS, MAX_NANOS);
    long end = endNanos == null ? MAX_NANOS : Math.clamp(endNanos, MIN_NANOS, MAX_NANOS);
    if (begin == end) {
      return begin == MAX_NANOS ? EMPTY : new Timespan(begin, begin + 1);
    }
    return begin > end ? EMPTY : new Timespan(begin, end);
  }

  /// Whether this timespan holds no instant.
  public boolean isEmpty() {
    return beginNanos >= endNanos;
  }

  /// Whether the two share an instant.
  public boolean overlaps(Timespan other) {
    return endNanos > other.beginNanos && other.endNanos > beginNanos;
  }
}
