package equerry.registry.obscore;

import org.threeten.extra.scale.UtcRules;

/// Times as Modified Julian Dates in UTC.
///
/// Rows of the stock package hold what astropy computes (`Time.utc.mjd`), to the last bit. The steps
/// here are its own: TAI as a whole Julian day and a fraction, from there UTC by ERFA's `taiutc`
/// (three rounds of its inverse), then the sum of both parts.
final class UtcDays {
  private static final long NANOS = 1_000_000_000L;
  private static final double DAY_SECONDS = 86_400.0;
  private static final double EPOCH_JD = 2_440_588.0;
  private static final double MJD_ZERO = 2_400_000.5;
  private static final int ROUNDS = 3;

  /// The first day for which UTC and TAI differ by whole seconds, 1972-01-01.
  private static final long FIRST_DAY = 41_317;

  private UtcDays() {}

  /// The date of an instant in TAI nanoseconds since 1970-01-01 TAI. Before 1972 the difference of
  /// TAI and UTC is taken to be that of 1972, ten seconds.
  static double mjd(long taiNanos) {
    long second = Math.floorDiv(taiNanos, NANOS);
    double seconds =
        Math.floorMod(second, 86_400L) + Math.floorMod(taiNanos, NANOS) / (double) NANOS;
    double day = EPOCH_JD + Math.floorDiv(second, 86_400L);
    double fraction = -0.5 + seconds / DAY_SECONDS;
    while (fraction > 0.5) {
      fraction -= 1.0;
      day += 1.0;
    }
    double utc = fraction;
    for (int i = 0; i < ROUNDS; i++) {
      utc += fraction - taiFraction(day, utc);
    }
    return day - MJD_ZERO + utc;
  }

  /// What to add to a Julian day for TAI, of a fraction to add for UTC.
  private static double taiFraction(double day, double utc) {
    double whole = Math.abs(utc) < 0.5 ? 0.0 : utc < 0.0 ? -1.0 : 1.0;
    double sinceMidnight = 0.5 + (utc - whole);
    double date = day - MJD_ZERO - 0.5 + whole;
    if (sinceMidnight >= 1.0) {
      sinceMidnight -= 1.0;
      date += 1.0;
    }
    long mjd = Math.max((long) date, FIRST_DAY);
    double offset = UtcRules.system().getTaiOffset(mjd);
    double leap = UtcRules.system().getLeapSecondAdjustment(mjd);
    double stretched = sinceMidnight * ((DAY_SECONDS + leap) / DAY_SECONDS);
    return MJD_ZERO - day + date + (stretched + offset / DAY_SECONDS);
  }
}
