package equerry.registry.db;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement and the values of its `?` parameters, in order.
///
/// Parameters are [Long], [Double], [String], [Boolean], [java.util.UUID], `byte[]`, null, or a
/// [List] of longs or strings for a placeholder made by [Dialect#inList].
public record Sql(String text, List<@Nullable Object> parameters) {
  public Sql {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  public static Sql of(String text, @Nullable Object... parameters) {
    return new Sql(text, java.util.Arrays.asList(parameters));
  }
}
