package equerry.registry.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of a part's tables, `MAJOR.MINOR.PATCH`.
record StoredVersion(int major, int minor) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,8})\\.(\\d{1,8})(\\..*)?");

  static Optional<StoredVersion> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StoredVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  /// Whether tables of this version can be read by who knows another; patches do not matter.
  boolean isReadableBy(StoredVersion known) {
    return major == known.major && minor <= known.minor;
  }

  /// Whether tables of this version can be written by who knows another.
  boolean isWritableBy(StoredVersion known) {
    return major == known.major && minor == known.minor;
  }
}
