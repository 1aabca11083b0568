package equerry.api.time;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.JulianFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads times as people write them: `[format/]value[/scale]`.
///
/// Without a format, `59466.125` is an MJD, `2021-09-09 03:00:00` (or with `T`) is a calendar time,
/// `2021:252:03:00:00` has a day of the year, `+02021-09-09T03:00:00` is the long form of FITS.
/// Without a scale, MJD, JD and Julian years are TAI, calendar times are UTC. Numbers are rounded to
/// doubles before all else, as astropy does; results are rounded to the nanosecond, half to even,
/// and clamped to the times that a registry can hold.
public final class TimeText {
  private static final int MAX_LENGTH = 100;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<format>\\w+)/)?"
              + "(?:(?<number>-?(?:\\d+\\.\\d*|\\.\\d+))"
              + "|(?<iso>\\d+-\\d+-\\d+(?:[ Tt]\\d+:\\d+(?::\\d+(?:\\.\\d*)?)?)?)"
              + "|(?<fits>\\+\\d+-\\d+-\\d+(?:T\\d+:\\d+:\\d+(?:\\.\\d*)?)?)"
              + "|(?<yday>\\d+:\\d+(?::\\d+:\\d+(?::\\d+(?:\\.\\d*)?)?)?))"
              + "(?:/(?<scale>\\w+))?");
  private static final Pattern CALENDAR =
      Pattern.compile(
          "(?<year>\\+\\d{5}|\\d{4})(?:-(?<month>\\d{1,2})-|:)(?<day>\\d{1,3})"
              + "(?:(?<separator>[ T:])(?<hour>\\d{1,2}):(?<minute>\\d{1,2})"
              + "(?::(?<second>\\d{1,2}(?:\\.\\d*)?))?)?");

  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);
  private static final BigDecimal MJD_ZERO_AS_JD = new BigDecimal("2400000.5");
  private static final BigDecimal J2000_AS_MJD = new BigDecimal("51544.5");
  private static final BigDecimal JULIAN_YEAR_DAYS = new BigDecimal("365.25");
  private static final long DAY_1970 = 40_587;
  private static final long DAY_GPS = 44_244;
  private static final BigDecimal GPS_MIDNIGHT_TO_EPOCH = BigDecimal.valueOf(19);
  private static final long DAY_1998 = 50_814;

  /// Days this far from MJD 0 lie outside of all times that a registry can hold.
  private static final BigDecimal FAR_DAY = BigDecimal.valueOf(10_000_000);

  private TimeText() {}

  /// The TAI nanoseconds since 1970-01-01 TAI that a text means.
  ///
  /// @throws ButlerException.Invalid (invalid_query) saying what is wrong with the text
  public static long parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw invalid("A time of " + text.length() + " characters is too long.");
    }
    Matcher matcher = FORM.matcher(text.replace("+00:00", ""));
    if (!matcher.matches()) {
      throw invalid(
          "Time '"
              + text
              + "' has no known form; write '59466.125', '2021-09-09 03:00:00', '2021:252' or"
              + " 'format/value/scale'.");
    }
    TimeFormat format = format(matcher, text);
    @Nullable String scaleName = matcher.group("scale");
    TimeScale scale = scaleName == null ? format.defaultScale() : scale(scaleName, text);
    String value = firstGroup(matcher);
    boolean numeric = matcher.group("number") != null;
    return switch (format) {
      case MJD, JD, JYEAR, UNIX, UNIX_TAI, GPS, CXCSEC, GALEXSEC -> {
        if (!numeric) {
          throw mismatch(text, format);
        }
        yield number(format, new BigDecimal(Double.parseDouble(value)), scale);
      }
      case ISO, ISOT, FITS, YDAY -> {
        if (numeric) {
          throw mismatch(text, format);
        }
        yield calendar(format, value, scale, text);
      }
    };
  }

  private static String firstGroup(Matcher matcher) {
    for (String name : new String[] {"number", "iso", "fits", "yday"}) {
      @Nullable String group = matcher.group(name);
      if (group != null) {
        return group;
      }
    }
    throw new IllegalStateException("A time matched without a value");
  }

  private static TimeFormat format(Matcher matcher, String text) {
    @Nullable String name = matcher.group("format");
    if (name != null) {
      return TimeFormat.find(name)
          .orElseThrow(
              () ->
                  invalid(
                      "Time '%s' has the format '%s'; known are %s."
                          .formatted(
                              text,
                              name,
                              Arrays.stream(TimeFormat.values()).map(TimeFormat::label).toList())));
    }
    if (matcher.group("number") != null) {
      return TimeFormat.MJD;
    }
    @Nullable String iso = matcher.group("iso");
    if (iso != null) {
      return iso.toUpperCase(Locale.ROOT).contains("T") ? TimeFormat.ISOT : TimeFormat.ISO;
    }
    return matcher.group("fits") != null ? TimeFormat.FITS : TimeFormat.YDAY;
  }

  private static TimeScale scale(String name, String text) {
    return Arrays.stream(TimeScale.values())
        .filter(scale -> scale.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "Time '%s' has the scale '%s'; known are tai, tt, utc.".formatted(text, name)));
  }

  private static long number(TimeFormat format, BigDecimal value, TimeScale scale) {
    return switch (format) {
      case MJD -> days(value, scale);
      case JD -> days(value.subtract(MJD_ZERO_AS_JD), scale);
      case JYEAR ->
          days(
              value.subtract(BigDecimal.valueOf(2000)).multiply(JULIAN_YEAR_DAYS).add(J2000_AS_MJD),
              scale);
      case UNIX, UNIX_TAI -> seconds(DAY_1970, value, format.defaultScale());
      case GPS -> seconds(DAY_GPS, value.add(GPS_MIDNIGHT_TO_EPOCH), format.defaultScale());
      case GALEXSEC -> seconds(DAY_GPS, value, format.defaultScale());
      case CXCSEC -> seconds(DAY_1998, value, format.defaultScale());
      case ISO, ISOT, FITS, YDAY -> throw new IllegalArgumentException(format.label());
    };
  }

  /// A number of days; the fraction is a part of a day as long as that day is.
  private static long days(BigDecimal days, TimeScale scale) {
    BigDecimal near = days.min(FAR_DAY).max(FAR_DAY.negate());
    BigInteger day = near.setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigDecimal fraction = near.subtract(new BigDecimal(day));
    return nanos(
        day.longValueExact(), fraction.multiply(scale.dayLength(day.longValueExact())), scale);
  }

  /// Seconds after the midnight of a day, days counted as 86,400 seconds whatever their length.
  private static long seconds(long epochDay, BigDecimal seconds, TimeScale scale) {
    BigDecimal near =
        seconds
            .min(FAR_DAY.multiply(SECONDS_PER_DAY))
            .max(FAR_DAY.multiply(SECONDS_PER_DAY).negate());
    BigDecimal day =
        near.divide(SECONDS_PER_DAY, 0, RoundingMode.FLOOR).add(BigDecimal.valueOf(epochDay));
    BigDecimal within =
        near.subtract(day.subtract(BigDecimal.valueOf(epochDay)).multiply(SECONDS_PER_DAY));
    long number = day.longValueExact();
    BigDecimal shown =
        within
            .multiply(scale.dayLength(number))
            .divide(SECONDS_PER_DAY, 30, RoundingMode.HALF_EVEN);
    return nanos(number, shown, scale);
  }

  private static long calendar(TimeFormat format, String value, TimeScale scale, String text) {
    Matcher matcher = CALENDAR.matcher(value);
    if (!matcher.matches() || !hasShapeOf(format, matcher)) {
      throw mismatch(text, format);
    }
    long day = date(matcher, text, format).getLong(JulianFields.MODIFIED_JULIAN_DAY);
    if (matcher.group("hour") == null) {
      return nanos(day, BigDecimal.ZERO, scale);
    }
    int hour = Integer.parseInt(matcher.group("hour"));
    int minute = Integer.parseInt(matcher.group("minute"));
    @Nullable String written = matcher.group("second");
    BigDecimal second = written == null ? BigDecimal.ZERO : new BigDecimal(written);
    if (hour > 23 || minute > 59 || second.compareTo(BigDecimal.valueOf(61)) >= 0) {
      throw mismatch(text, format);
    }
    return nanos(day, BigDecimal.valueOf(hour * 3600L + minute * 60L).add(second), scale);
  }

  private static boolean hasShapeOf(TimeFormat format, Matcher matcher) {
    @Nullable String separator = matcher.group("separator");
    boolean long5 = matcher.group("year").startsWith("+");
    boolean dayOfYear = matcher.group("month") == null;
    boolean separated =
        switch (format) {
          case ISO -> " ".equals(separator);
          case ISOT -> "T".equals(separator);
          case FITS -> "T".equals(separator) && matcher.group("second") != null;
          case YDAY -> ":".equals(separator);
          case MJD, JD, JYEAR, UNIX, UNIX_TAI, GPS, CXCSEC, GALEXSEC -> false;
        };
    return (separator == null || separated)
        && dayOfYear == (format == TimeFormat.YDAY)
        && (!long5 || format == TimeFormat.FITS);
  }

  private static LocalDate date(Matcher matcher, String text, TimeFormat format) {
    try {
      int year = Integer.parseInt(matcher.group("year"));
      int day = Integer.parseInt(matcher.group("day"));
      @Nullable String month = matcher.group("month");
      return month == null
          ? LocalDate.of(year, 1, 1).plusDays(dayOfYear(day) - 1L)
          : LocalDate.of(year, Integer.parseInt(month), day);
    } catch (DateTimeException e) {
      throw mismatch(text, format);
    }
  }

  /// Checks a day of the year; day 366 of a common year is the first of the next, as for astropy.
  private static int dayOfYear(int day) {
    if (day < 1 || day > 366) {
      throw new DateTimeException("day of year");
    }
    return day;
  }

  private static long nanos(long day, BigDecimal seconds, TimeScale scale) {
    BigDecimal tai =
        scale.toTai(day, seconds).add(BigDecimal.valueOf(day - DAY_1970).multiply(SECONDS_PER_DAY));
    BigInteger nanos = tai.multiply(BILLION).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    BigInteger last = BigInteger.valueOf(Timespan.MAX_NANOS);
    return nanos.signum() < 0 ? Timespan.MIN_NANOS : nanos.min(last).longValueExact();
  }

  private static ButlerException.Invalid mismatch(String text, TimeFormat format) {
    return invalid("Time '" + text + "' is no valid time in the format '" + format.label() + "'.");
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
