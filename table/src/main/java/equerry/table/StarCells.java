package equerry.table;

import equerry.sphere.CompoundRegion;
import equerry.sphere.Ellipse;
import equerry.sphere.Region;
import equerry.table.TableColumn.Kind;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.ColumnInfo;

/// Columns and values of the formats that know numbers, truth values and text.
///
/// Identifiers and instants (ISO 8601, TAI, nanoseconds) are text, bytes are hexadecimal. A region
/// is text as of the parameter POS of IVOA SIAv2 where there is one (polygons, circles and boxes), and
/// its encoded bytes in hexadecimal behind `0x` where there is none.
final class StarCells {
  private static final HexFormat HEX = HexFormat.of();
  private static final long NANOS = 1_000_000_000L;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT);

  private StarCells() {}

  static ColumnInfo info(TableColumn column) {
    ColumnInfo info = new ColumnInfo(column.name());
    switch (column.kind()) {
      case INTEGER -> info.setContentClass(Long.class);
      case NUMBER -> info.setContentClass(Double.class);
      case FLAG -> info.setContentClass(Boolean.class);
      case TEXT -> info.setContentClass(String.class);
      case IDENTIFIER -> {
        info.setContentClass(String.class);
        info.setXtype("uuid");
      }
      case INSTANT -> {
        info.setContentClass(String.class);
        info.setXtype("timestamp");
        info.setDescription("TAI");
      }
      case BYTES -> {
        info.setContentClass(String.class);
        info.setDescription("hexadecimal");
      }
      case REGION -> {
        info.setContentClass(String.class);
        info.setDescription("shape and degrees (ICRS)");
      }
    }
    return info;
  }

  static @Nullable Object value(Kind kind, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (kind) {
      case INTEGER, NUMBER, FLAG, TEXT -> value;
      case IDENTIFIER -> value.toString();
      case INSTANT -> instant((Long) value);
      case BYTES -> HEX.formatHex((byte[]) value);
      case REGION -> region((byte[]) value);
    };
  }

  private static String instant(long nanos) {
    return INSTANT.format(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(nanos, NANOS), (int) Math.floorMod(nanos, NANOS), ZoneOffset.UTC));
  }

  private static String region(byte[] encoded) {
    return switch (Region.decode(encoded)) {
      case Ellipse _, CompoundRegion _ -> "0x" + HEX.formatHex(encoded);
      case Region shape -> shape.toIvoaPos();
    };
  }
}
