package equerry.cli.query;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.AllDatasets;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.query.ResultStream;
import equerry.api.selection.MeantNames;
import equerry.api.selection.Rows;
import equerry.api.selection.Selection.Search;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.Progress;
import equerry.cli.shell.ShellCommand;
import equerry.direct.SeenIds;
import equerry.registry.catalog.Globs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The datasets that a command is to work on.
///
/// @param types names or globs of dataset types, none for all
/// @param collections names or globs of collections, none for all
/// @param where a condition, empty for none
/// @param search [Search#FIRST] only with names of collections, which have an order
/// @param limit how many at most: 0 for all, negative for a cap that is noted
public record DatasetSearch(
    List<String> types, List<String> collections, String where, Search search, long limit) {
  public DatasetSearch {
    types = orAll(types);
    collections = orAll(collections);
  }

  private static List<String> orAll(List<String> names) {
    List<String> split = CommaLists.split(names);
    return split.isEmpty() ? List.of("*") : split;
  }

  /// All of them, each once, in the order of their dataset types.
  ///
  /// @param command says when the limit cuts
  public List<DatasetRef> find(Butler butler, ShellCommand command) {
    if (search == Search.FIRST && collections.stream().anyMatch(Globs::isGlob)) {
      throw command.unusable(
          "To find the first dataset of each data ID, name the collections, without globs: these"
              + " have no order.");
    }
    List<DatasetType> known = DatasetConstraint.types(butler, types);
    return known.isEmpty() ? List.of() : read(butler, command);
  }

  private List<DatasetRef> read(Butler butler, ShellCommand command) {
    RowLimit rows = RowLimit.of(limit, 0);
    List<DatasetRef> found = new ArrayList<>();
    SeenIds seen = new SeenIds();
    try (Progress progress = Progress.ofWork("datasets found", Progress.UNKNOWN);
        ResultStream<ResultRows> parts = parts(butler, rows)) {
      for (ResultRows part : parts) {
        for (DatasetRef ref : Rows.refs(part, dimensions(butler, part))) {
          progress.step();
          if (seen.add(ref.id())) {
            found.add(ref);
          }
        }
      }
    }
    if (rows.cap() == RowLimit.Cap.NOTED && found.size() > rows.rows()) {
      command.note("there are more than " + rows.rows() + " datasets; these were left out.");
      return found.subList(0, Math.toIntExact(rows.rows()));
    }
    return found;
  }

  private ResultStream<ResultRows> parts(Butler butler, RowLimit rows) {
    Long asked = rows.asked().isPresent() ? rows.asked().getAsLong() : null;
    AllDatasets request =
        new AllDatasets(
            collections,
            types,
            search == Search.FIRST,
            Map.of(),
            Map.of(),
            where,
            Map.of(),
            asked,
            false);
    return MeantNames.during(
        butler,
        new MeantNames(List.of(), collections),
        () -> butler.queries().allDatasets(request));
  }

  /// The dimensions of the one dataset type in a part of the answer.
  static DimensionGroup dimensions(Butler butler, ResultRows part) {
    return part.columns().stream()
        .filter(ResultColumn.Dataset.class::isInstance)
        .map(column -> ((ResultColumn.Dataset) column).type().dimensions())
        .findFirst()
        .orElseGet(() -> butler.universe().emptyGroup());
  }
}
