package equerry.registry.schema;

import java.util.List;

/// An index that is no key.
public record Index(List<String> columns, Method method) {

  /// How the index finds rows.
  public enum Method {
    /// The database's usual one.
    ORDERED,
    /// PostgreSQL's `gist`, for positions and regions on the sphere; PostgreSQL only.
    GIST
  }

  public Index {
    columns = List.copyOf(columns);
  }

  /// An ordinary index.
  public static Index on(List<String> columns) {
    return new Index(columns, Method.ORDERED);
  }
}
