package equerry.cli.query;

import equerry.api.ColumnType;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.AllDatasets;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultStream;
import equerry.api.selection.MeantNames;
import equerry.api.selection.Results;
import equerry.api.selection.Rows;
import equerry.api.selection.Selection;
import equerry.api.selection.Selection.Search;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.Progress;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import equerry.direct.SeenIds;
import equerry.registry.catalog.Globs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry query-datasets`: lists datasets.
@Command(
    name = "query-datasets",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the datasets of a repository.",
    footer = {
      "",
      "Examples:",
      "  equerry query-datasets REPO deep_coadd --collections meadow/latest --find-first",
      "  equerry query-datasets REPO visit_image --collections meadow/latest \\",
      "      --where \"instrument='LarkCam' AND visit.day_obs=20260315\" --show-uri",
      "  equerry query-datasets REPO '*' --collections '*' --limit 0 --format csv > all.csv"
    })
public final class QueryDatasetsCommand extends QueryCommand {
  /// How many dataset types' reasons are told when nothing was found.
  private static final int MAX_EXPLAINED = 3;

  private static final List<OutputColumn> FIRST =
      List.of(
          OutputColumn.text("type"),
          OutputColumn.text("run"),
          new OutputColumn("id", "id", ColumnType.UUID));
  private static final OutputColumn URI = OutputColumn.text("URI");

  @Parameters(
      index = "1..*",
      paramLabel = "GLOB",
      description = "Names or globs of dataset types. Default: all.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = "--collections",
      paramLabel = "NAME[,NAME…]",
      description = "The collections to search, names or globs, in order. Default: all.")
  private List<String> collections = new ArrayList<>();

  @Mixin private RowOptions options = new RowOptions();

  @Option(
      names = "--find-first",
      negatable = true,
      description =
          "For each data ID and type only the dataset of the first collection that "
              + "has one. Needs --collections without globs. Default: --no-find-first.")
  private boolean findFirst;

  @Option(names = "--show-uri", description = "Tell where the files of each dataset are.")
  private boolean showUri;

  @Override
  void run(OpenRepository open) {
    List<String> names = DatasetConstraint.expression(globs);
    boolean many = names.size() > 1 || Globs.isGlob(names.getFirst());
    if (many && !options.order().isEmpty()) {
      throw unusable("--order-by takes one dataset type: name one, without globs.");
    }
    List<String> searched = DatasetConstraint.expression(collections);
    if (findFirst && searched.stream().anyMatch(Globs::isGlob)) {
      throw unusable("--find-first needs --collections with names, which have an order.");
    }
    List<DatasetType> types = DatasetConstraint.types(open.butler(), names);
    if (types.isEmpty()) {
      noteNothing(List.of("No dataset type matches " + names + "."));
      return;
    }
    boolean found =
        many ? listMany(open, names, types, searched) : listOne(open, types.getFirst(), searched);
    if (!found) {
      noteNothing(reasons(open, types, searched));
    }
  }

  private boolean listOne(OpenRepository open, DatasetType type, List<String> searched) {
    RowLimit limit = RowLimit.of(options.limit, 0);
    Selection selection = options.apply(open.butler().query());
    if (limit.asked().isPresent()) {
      selection = selection.limit(limit.asked().getAsLong());
    }
    Results<DatasetRef> results =
        selection.refs(type.name(), expanded(open, searched), search(), Expansion.NONE);
    try (Listing listing = new Listing(limit, out(), Progress.onError(format()))) {
      try (ResultStream<DatasetRef> refs = results.stream()) {
        RowWriter writer = writer(columns(type.dimensions()));
        list(open, listing, writer, refs, type.dimensions());
        listing.close();
        writer.finish();
      }
      listing.note(err());
      return !listing.isEmpty();
    }
  }

  private boolean listMany(
      OpenRepository open, List<String> names, List<DatasetType> types, List<String> searched) {
    RowLimit limit = RowLimit.of(options.limit, 0);
    Long asked = limit.asked().isPresent() ? limit.asked().getAsLong() : null;
    AllDatasets search =
        new AllDatasets(
            searched, names, findFirst, Map.of(), Map.of(), options.where, Map.of(), asked, false);
    try (Listing listing = new Listing(limit, out(), Progress.onError(format()))) {
      try (ResultStream<ResultRows> parts =
          MeantNames.during(
              open.butler(),
              new MeantNames(List.of(), searched),
              () -> open.butler().queries().allDatasets(search))) {
        RowWriter writer = writer(allColumns(open, types));
        for (ResultRows part : parts) {
          DimensionGroup group = DatasetSearch.dimensions(open.butler(), part);
          list(open, listing, writer, Rows.refs(part, group), group);
        }
        listing.close();
        writer.finish();
      }
      listing.note(err());
      return !listing.isEmpty();
    }
  }

  private void list(
      OpenRepository open,
      Listing listing,
      RowWriter writer,
      ResultStream<DatasetRef> refs,
      DimensionGroup group) {
    List<OutputColumn> columns = columns(group);
    RowOrder order =
        options.order().isEmpty()
            ? RowOrder.of(List.of("type", "run"), columns, group)
            : RowOrder.AS_GIVEN;
    writer.section(new RowWriter.Section(columns, order));
    Predicate<UUID> isNew = unrepeated(open);
    if (showUri) {
      listing.readBatches(
          refs,
          batch ->
              writeWithUris(
                  open, writer, batch.stream().filter(ref -> isNew.test(ref.id())).toList()));
    } else {
      listing.read(
          refs,
          ref -> {
            if (isNew.test(ref.id())) {
              writer.row(row(ref, ref.type().name()));
            }
          });
    }
  }

  /// Tells which datasets have not come yet: without find-first a dataset comes once for each
  /// collection that has it, and for each validity range. A dataset has one RUN only.
  private Predicate<UUID> unrepeated(OpenRepository open) {
    CollectionSearch leaves =
        new CollectionSearch(
            DatasetConstraint.expression(collections),
            Set.of(CollectionType.values()),
            new Chains(true, false),
            Set.of(),
            null);
    boolean canRepeat =
        !findFirst
            && DatasetConstraint.search(open.butler(), leaves).stream()
                .anyMatch(info -> info.type() != CollectionType.RUN);
    return canRepeat ? new SeenIds()::add : id -> true;
  }

  private static void writeWithUris(OpenRepository open, RowWriter writer, List<DatasetRef> batch) {
    Map<UUID, Map<String, String>> uris =
        open.uris().find(batch.stream().map(DatasetRef::id).toList());
    for (DatasetRef ref : batch) {
      Map<String, String> own = uris.getOrDefault(ref.id(), Map.of());
      if (own.isEmpty()) {
        write(writer, ref, ref.type().name(), null);
      }
      own.forEach(
          (component, uri) ->
              write(
                  writer,
                  ref,
                  component.isEmpty() ? ref.type().name() : ref.type().name() + "." + component,
                  uri));
    }
  }

  private static void write(RowWriter writer, DatasetRef ref, String type, @Nullable String uri) {
    List<@Nullable Object> row = row(ref, type);
    row.add(uri);
    writer.row(row);
  }

  private static List<@Nullable Object> row(DatasetRef ref, String type) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(type);
    row.add(ref.run());
    row.add(ref.id());
    row.addAll(ref.dataId().values());
    return row;
  }

  private List<OutputColumn> columns(DimensionGroup group) {
    List<OutputColumn> columns = new ArrayList<>(FIRST);
    columns.addAll(OutputColumn.keys(group));
    if (showUri) {
      columns.add(URI);
    }
    return columns;
  }

  private List<OutputColumn> allColumns(OpenRepository open, List<DatasetType> types) {
    Set<String> names = new LinkedHashSet<>();
    types.forEach(type -> names.addAll(type.dimensions().names()));
    return columns(open.butler().universe().group(names));
  }

  private Search search() {
    return findFirst ? Search.FIRST : Search.ALL;
  }

  /// Names in the place of globs.
  private static List<String> expanded(OpenRepository open, List<String> searched) {
    if (searched.stream().noneMatch(Globs::isGlob)) {
      return searched;
    }
    CollectionSearch search =
        new CollectionSearch(
            searched, Set.of(CollectionType.values()), new Chains(false, true), Set.of(), null);
    return DatasetConstraint.search(open.butler(), search).stream()
        .map(CollectionInfo::name)
        .toList();
  }

  private List<String> reasons(
      OpenRepository open, List<DatasetType> types, List<String> searched) {
    List<String> names = expanded(open, searched);
    if (names.isEmpty()) {
      return List.of("No collection matches " + searched + ".");
    }
    Selection selection = open.butler().query().where(options.where);
    return types.stream()
        .limit(MAX_EXPLAINED)
        .flatMap(
            type -> selection.refs(type.name(), names, search(), Expansion.NONE).explain().stream())
        .toList();
  }
}
