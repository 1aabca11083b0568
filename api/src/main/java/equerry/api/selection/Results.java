package equerry.api.selection;

import equerry.api.Butler;
import equerry.api.query.Queries.Checking;
import equerry.api.query.Queries.Counting;
import equerry.api.query.Query;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultStream;
import java.util.ArrayList;
import java.util.List;

/// The rows that a [Selection] finds; asked for anew by each call.
///
/// @param <T> what a row is
public final class Results<T> {
  private final Butler butler;
  private final Query query;
  private final ResultSpec spec;
  private final Rows.Reader<T> reader;
  private final MeantNames names;

  Results(Butler butler, Query query, ResultSpec spec, Rows.Reader<T> reader, MeantNames names) {
    this.butler = butler;
    this.query = query;
    this.spec = spec;
    this.reader = reader;
    this.names = names;
  }

  /// The query behind the rows, as data.
  public Query query() {
    return query;
  }

  /// What the rows are, as data.
  public ResultSpec spec() {
    return spec;
  }

  /// Runs the query; the stream must be closed.
  public ResultStream<T> stream() {
    return MeantNames.during(
        butler,
        names,
        () -> Rows.typed(butler.queries().execute(query, spec), spec.dimensions(), reader));
  }

  /// All rows, in memory.
  public List<T> list() {
    List<T> all = new ArrayList<>();
    try (ResultStream<T> rows = stream()) {
      rows.forEach(all::add);
    }
    return List.copyOf(all);
  }

  /// The number of rows, exactly.
  public long count() {
    return count(new Counting(true, true));
  }

  /// The number of rows.
  public long count(Counting counting) {
    return MeantNames.during(butler, names, () -> butler.queries().count(query, spec, counting));
  }

  /// Whether there is any row.
  public boolean any() {
    return any(new Checking(true, true));
  }

  /// Whether there is, or may be, any row. The limit does not matter.
  public boolean any(Checking checking) {
    return MeantNames.during(butler, names, () -> butler.queries().any(query, checking));
  }

  /// Reasons why there are no rows: first values of dimensions in conditions that no record has, with
  /// the known ones that may be meant, then those that the butler knows ([Queries#explain]). Empty
  /// when none is known.
  public List<String> explain() {
    List<String> reasons = new ArrayList<>(UnknownValues.find(butler, query.tree().predicate()));
    reasons.addAll(MeantNames.during(butler, names, () -> butler.queries().explain(query)));
    return List.copyOf(reasons);
  }
}
