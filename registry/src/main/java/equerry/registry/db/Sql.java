package equerry.registry.db;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement and the values of its `?` parameters, in order.
///
/// Parameters are [Long], [Double], [String], [Boolean], [java.util.UUID], `byte[]`,
/// [java.time.LocalDateTime] for a timestamp without zone, null, or a [List] of longs, strings or
/// UUIDs for a placeholder made by [Dialect#inList] or [Dialect#listRows].
public record Sql(String text, List<@Nullable Object> parameters) {
  public Sql {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  public static Sql of(String text, @Nullable Object... parameters) {
    return new Sql(text, java.util.Arrays.asList(parameters));
  }
}
