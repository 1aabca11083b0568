package equerry.cli.transfer;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.ResultStream;
import equerry.api.selection.Selection.Search;
import equerry.api.transfer.DatasetSelection;
import equerry.cli.query.DatasetConstraint;
import equerry.cli.query.RowOptions;
import equerry.registry.catalog.Globs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that say which datasets are meant.
final class DatasetOptions {
  @Option(
      names = {"-d", "--dataset-type"},
      paramLabel = "GLOB[,GLOB…]",
      description = "Names or globs of dataset types. Default: all.")
  List<String> types = new ArrayList<>();

  @Option(
      names = "--collections",
      paramLabel = "NAME[,NAME…]",
      description = "The collections to search, names or globs, in order. Default: all.")
  List<String> collections = new ArrayList<>();

  @Option(
      names = "--find-first",
      negatable = true,
      description =
          "For each data ID and type only the dataset of the first collection that "
              + "has one. Needs --collections without globs. Default: --no-find-first.")
  boolean findFirst;

  @Mixin private RowOptions rows = new RowOptions();

  /// The datasets that the options choose.
  ///
  /// @param command says when there are more than the limit
  DatasetSelection select(Butler butler, TransferCommand command) {
    List<String> searched = DatasetConstraint.expression(collections);
    if (findFirst && searched.stream().anyMatch(Globs::isGlob)) {
      throw command.unusable("--find-first needs --collections with names, which have an order.");
    }
    List<DatasetType> found = DatasetConstraint.types(butler, DatasetConstraint.expression(types));
    Selected all = new Selected(butler, found, expanded(butler, searched), this);
    return rows.limit == 0 ? all : limited(all, command);
  }

  /// The collections that the options choose, chains with what they stand for left alone.
  List<String> chosenCollections(Butler butler) {
    return expanded(butler, DatasetConstraint.expression(collections));
  }

  private static List<String> expanded(Butler butler, List<String> searched) {
    CollectionSearch search =
        new CollectionSearch(
            searched, Set.of(CollectionType.values()), new Chains(false, true), Set.of(), null);
    return DatasetConstraint.search(butler, search).stream().map(CollectionInfo::name).toList();
  }

  private DatasetSelection limited(Selected all, TransferCommand command) {
    long most = Math.abs(rows.limit);
    Map<UUID, DatasetRef> kept = new LinkedHashMap<>();
    for (DatasetType type : all.types()) {
      try (ResultStream<DatasetRef> refs = all.stream(type, Expansion.RECORDS)) {
        for (DatasetRef ref : refs) {
          if (kept.size() == most && !kept.containsKey(ref.id())) {
            if (rows.limit < 0) {
              command.note(
                  "there are more datasets than these "
                      + most
                      + ", which are left out; --limit 0 takes all.");
            }
            return DatasetSelection.of(kept.values());
          }
          kept.putIfAbsent(ref.id(), ref);
        }
      }
    }
    return DatasetSelection.of(kept.values());
  }

  /// All datasets of some types in some collections that meet the options' condition.
  private record Selected(
      Butler butler, List<DatasetType> types, List<String> searched, DatasetOptions options)
      implements DatasetSelection {
    @Override
    public ResultStream<DatasetRef> stream(DatasetType type, Expansion expansion) {
      return options
          .rows
          .apply(butler.query())
          .refs(type.name(), searched, options.findFirst ? Search.FIRST : Search.ALL, expansion)
          .stream();
    }
  }
}
