package equerry.cli.query;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.selection.MeantNames;
import equerry.api.selection.Selection;
import equerry.cli.shell.CommaLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Options that keep only what datasets exist for.
public final class DatasetConstraint {
  @Option(
      names = "--datasets",
      paramLabel = "TYPE[,TYPE…]",
      description =
          "Dataset types, names or globs: only list that for which a dataset of each "
              + "exists in the collections.")
  List<String> datasets = new ArrayList<>();

  @Option(
      names = "--collections",
      paramLabel = "NAME[,NAME…]",
      description = "Where these datasets are searched, names or globs. Default: everywhere.")
  List<String> collections = new ArrayList<>();

  /// Dataset types with the collections that may hold them.
  ///
  /// @param types the dataset types that the names and globs match
  /// @param searches the collections of each type that has any
  record Found(List<DatasetType> types, Map<String, List<String>> searches) {
    /// A query that needs a dataset of every type.
    Selection apply(Selection selection) {
      Selection joined = selection;
      for (Map.Entry<String, List<String>> search : searches.entrySet()) {
        joined = joined.joinDatasets(search.getKey(), search.getValue());
      }
      return joined;
    }

    /// Dimensions that all types have.
    Set<String> commonDimensions() {
      Set<String> common = new LinkedHashSet<>(types.getFirst().dimensions().names());
      types.forEach(type -> common.retainAll(type.dimensions().names()));
      return common;
    }
  }

  boolean isGiven() {
    return !datasets.isEmpty();
  }

  /// Says that collections without dataset types change nothing, as in the stock commands.
  void noteUnused(QueryCommand command) {
    if (!collections.isEmpty()) {
      command.note("--collections has no effect without --datasets.");
    }
  }

  /// Looks the dataset types and their collections up.
  Found find(Butler butler) {
    List<DatasetType> types = types(butler, CommaLists.split(datasets));
    Set<String> names = types.stream().map(DatasetType::name).collect(Collectors.toSet());
    Map<String, List<String>> searches = new LinkedHashMap<>();
    if (!names.isEmpty()) {
      for (CollectionInfo info : summaries(butler, expression(collections), names)) {
        Set<String> held = info.datasetTypes();
        if (held != null) {
          names.stream()
              .filter(held::contains)
              .sorted()
              .forEach(
                  name -> searches.computeIfAbsent(name, n -> new ArrayList<>()).add(info.name()));
        }
      }
    }
    return new Found(types, searches);
  }

  /// The collections that options name, everything without any.
  public static List<String> expression(List<String> options) {
    List<String> names = CommaLists.split(options);
    return names.isEmpty() ? List.of("*") : names;
  }

  /// The dataset types that names and globs match.
  ///
  /// @throws equerry.api.error.ButlerException.NotFound (missing_dataset_type) for a name
  public static List<DatasetType> types(Butler butler, List<String> expression) {
    DatasetTypes.Matches matches = butler.datasetTypes().search(expression);
    if (!matches.missing().isEmpty()) {
      throw MeantNames.missingType(butler, matches.missing().getFirst());
    }
    return matches.found();
  }

  private static List<CollectionInfo> summaries(
      Butler butler, List<String> expression, Set<String> types) {
    return search(
        butler,
        new CollectionSearch(
            expression,
            Set.of(CollectionType.values()),
            new Chains(false, true),
            Set.of(Detail.SUMMARY),
            types));
  }

  /// Collections, with a suggestion for a name that is none.
  public static List<CollectionInfo> search(Butler butler, CollectionSearch search) {
    return MeantNames.during(
        butler,
        new MeantNames(List.of(), search.expression()),
        () -> butler.collections().search(search));
  }
}
