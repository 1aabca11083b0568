package equerry.server.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names under which a configuration file sets limits, with the least and the largest value of
/// each. Times are in seconds.
public final class LimitNames {
  private static final int LARGEST_BODY = 1 << 30;

  private record Range(long least, long largest) {}

  private static final Map<String, Range> RANGES = new LinkedHashMap<>();

  static {
    RANGES.put("concurrent_requests", new Range(1, 100_000));
    RANGES.put("concurrent_streams", new Range(1, 10_000));
    RANGES.put("stream_wait_seconds", new Range(0, 600));
    RANGES.put("concurrent_streams_per_user", new Range(1, 10_000));
    RANGES.put("body_bytes", new Range(1_024, LARGEST_BODY));
    RANGES.put("total_body_bytes", new Range(1_024, Long.MAX_VALUE));
    RANGES.put("discarded_body_bytes", new Range(0, Long.MAX_VALUE));
    RANGES.put("header_bytes", new Range(1_024, 1 << 20));
    RANGES.put("json_nesting_depth", new Range(20, 2_000));
    RANGES.put("json_string_characters", new Range(1_000, LARGEST_BODY));
    RANGES.put("upload_rows", new Range(0, 10_000_000));
    RANGES.put("ids_per_request", new Range(1, 1_000_000));
    RANGES.put("request_seconds", new Range(1, 86_400));
    RANGES.put("keep_alive_seconds", new Range(1, 110));
    RANGES.put("idle_seconds", new Range(5, 86_400));
    RANGES.put("drain_seconds", new Range(0, 3_600));
    RANGES.put("link_seconds", new Range(300, 604_000));
    RANGES.put("membership_seconds", new Range(1, 1_800));
    RANGES.put("refusal_seconds", new Range(0, 1_800));
    RANGES.put("database_connections", new Range(2, 10_000));
    RANGES.put("database_wait_seconds", new Range(1, 3_600));
    RANGES.put("reopen_seconds", new Range(0, 3_600));
  }

  private final Map<String, Long> given;

  private LimitNames(Map<String, Long> given) {
    this.given = given;
  }

  /// All names, in the order of the documentation.
  public static Set<String> all() {
    return RANGES.keySet();
  }

  /// Reads limits.
  ///
  /// @param section the `limits` of a configuration file
  /// @param faults where to add a sentence for each entry that cannot be used
  static Limits read(Map<String, @Nullable Object> section, List<String> faults) {
    Map<String, Long> given = new LinkedHashMap<>();
    section.forEach(
        (name, value) -> {
          Range range = RANGES.get(name);
          if (range == null) {
            faults.add("limits." + name + " is no limit; known are " + RANGES.keySet());
          } else if (value instanceof Number number
              && number.doubleValue() == number.longValue()
              && number.longValue() >= range.least()
              && number.longValue() <= range.largest()) {
            given.put(name, number.longValue());
          } else {
            faults.add(
                "limits.%s must be a whole number from %d to %d, not %s"
                    .formatted(name, range.least(), range.largest(), value));
          }
        });
    Limits limits = new LimitNames(given).limits();
    checkTogether(limits, faults);
    return limits;
  }

  private static void checkTogether(Limits limits, List<String> faults) {
    if (limits.totalBodyBytes() < limits.bodyBytes()) {
      faults.add(
          "limits.total_body_bytes (%d) must be no less than limits.body_bytes (%d)"
              .formatted(limits.totalBodyBytes(), limits.bodyBytes()));
    }
    if (limits.databaseConnections() <= limits.streams()) {
      faults.add(
          "limits.database_connections (%d) must be more than limits.concurrent_streams (%d)"
              .formatted(limits.databaseConnections(), limits.streams()));
    }
  }

  private Limits limits() {
    Limits d = Limits.DEFAULT;
    return new Limits(
        count("concurrent_requests", d.requests()),
        count("concurrent_streams", d.streams()),
        seconds("stream_wait_seconds", d.streamWait()),
        count("concurrent_streams_per_user", d.streamsPerUser()),
        count("body_bytes", d.bodyBytes()),
        given.getOrDefault("total_body_bytes", d.totalBodyBytes()),
        given.getOrDefault("discarded_body_bytes", d.discardBytes()),
        count("header_bytes", d.headerBytes()),
        count("json_nesting_depth", d.nestingDepth()),
        count("json_string_characters", d.stringLength()),
        count("upload_rows", d.uploadRows()),
        count("ids_per_request", d.idsPerRequest()),
        seconds("request_seconds", d.requestTime()),
        seconds("keep_alive_seconds", d.keepAliveInterval()),
        seconds("idle_seconds", d.idleTime()),
        seconds("drain_seconds", d.drainTime()),
        seconds("link_seconds", d.linkLifetime()),
        seconds("membership_seconds", d.grantedFor()),
        seconds("refusal_seconds", d.refusedFor()),
        count("database_connections", d.databaseConnections()),
        seconds("database_wait_seconds", d.databaseWait()),
        seconds("reopen_seconds", d.openRetry()));
  }

  private int count(String name, int otherwise) {
    return Math.toIntExact(given.getOrDefault(name, (long) otherwise));
  }

  private Duration seconds(String name, Duration otherwise) {
    Long value = given.get(name);
    return value == null ? otherwise : Duration.ofSeconds(value);
  }
}
