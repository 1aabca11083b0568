package equerry.api.time;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The formats in which a time can be written: the numeric and calendar formats of astropy that
/// observatories use.
enum TimeFormat {
  MJD(TimeScale.TAI),
  JD(TimeScale.TAI),
  JYEAR(TimeScale.TAI),
  UNIX(TimeScale.UTC),
  UNIX_TAI(TimeScale.TAI),
  GPS(TimeScale.TAI),
  CXCSEC(TimeScale.TT),
  GALEXSEC(TimeScale.UTC),
  ISO(TimeScale.UTC),
  ISOT(TimeScale.UTC),
  FITS(TimeScale.UTC),
  YDAY(TimeScale.UTC);

  private final TimeScale defaultScale;

  TimeFormat(TimeScale defaultScale) {
    this.defaultScale = defaultScale;
  }

  /// The scale where the text names none. Formats that count seconds from an epoch have this scale
  /// whatever the text says.
  TimeScale defaultScale() {
    return defaultScale;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TimeFormat> find(String label) {
    return Arrays.stream(values()).filter(f -> f.name().equalsIgnoreCase(label)).findFirst();
  }
}
