package equerry.datastore.local;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;

/// How long a link works.
///
/// The end is rounded up to a multiple of `step`, so that links to one file that are made within
/// the same step are the same text and caches can keep the answer.
///
/// @param atLeast how long a link works at least; the stock server has one hour
/// @param step rounding of the end, and so the most by which a link works longer
public record LinkLifetime(Duration atLeast, Duration step) {
  /// What signatures of version 4 of object stores allow.
  private static final Duration LONGEST = Duration.ofDays(7);

  /// One hour, rounded up to five minutes.
  public static final LinkLifetime DEFAULT =
      new LinkLifetime(Duration.ofHours(1), Duration.ofMinutes(5));

  public LinkLifetime {
    if (atLeast.getSeconds() < 1 || atLeast.plus(step).compareTo(LONGEST) > 0) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The lifetime of links must be between 1 second and 7 days, rounding included, not "
              + atLeast
              + ".");
    }
    if (step.getSeconds() < 1 || step.compareTo(atLeast) > 0) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The rounding of links must be between 1 second and their lifetime, not " + step + ".");
    }
  }

  /// When a link made now ends, in seconds since 1970.
  public long expirySeconds(Instant now) {
    long stepSeconds = step.getSeconds();
    long end = now.getEpochSecond() + atLeast.getSeconds();
    return Math.ceilDiv(end, stepSeconds) * stepSeconds;
  }
}
