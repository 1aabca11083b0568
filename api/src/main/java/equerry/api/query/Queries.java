package equerry.api.query;

import java.util.List;

/// Queries over dimensions and datasets.
///
/// All methods throw [ButlerException.Invalid] (invalid_query, unimplemented_query, …) and
/// [ButlerException.NotFound] (missing_collection, missing_dataset_type) for what a query names.
public interface Queries {
  /// Runs a query. The first row may take as long as the database needs.
  ResultRows execute(Query query, ResultSpec spec);

  /// The number of rows that [#execute] would give.
  long count(Query query, ResultSpec spec, Counting counting);

  /// Whether there may be, or are, any rows.
  boolean any(Query query, Checking checking);

  /// Reasons why a query finds nothing; empty when none is known.
  List<String> explain(Query query);

  /// Searches many dataset types at once: one [ResultRows] of refs for each type that may have
  /// any, in the order of their names. A limit counts over all types.
  ResultStream<ResultRows> allDatasets(AllDatasets search);

  /// How to count.
  ///
  /// @param exact whether rows that only a check after SQL can refuse are left out
  /// @param discard whether rows may be read and thrown away for that
  record Counting(boolean exact, boolean discard) {}

  /// How to look for any rows.
  ///
  /// @param execute whether to ask the database for rows, not only for summaries
  /// @param exact whether rows that only a check after SQL can refuse do not count
  record Checking(boolean execute, boolean exact) {}
}
