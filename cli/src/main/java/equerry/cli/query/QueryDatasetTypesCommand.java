package equerry.cli.query;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry query-dataset-types`: lists dataset types.
@Command(
    name = "query-dataset-types",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the dataset types of a repository.",
    footer = {
      "",
      "Examples:",
      "  equerry query-dataset-types REPO",
      "  equerry query-dataset-types REPO 'visit_*' --verbose",
      "  equerry query-dataset-types REPO --collections meadow/latest --format csv"
    })
public final class QueryDatasetTypesCommand extends QueryCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "GLOB",
      description = "Names or globs of dataset types. Default: all.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell the dimensions and the storage class of each, too.")
  private boolean verbose;

  @Option(
      names = "--collections",
      paramLabel = "NAME[,NAME…]",
      description =
          "Only types that these collections may hold; they did at some time, but the "
              + "datasets may have gone since.")
  private List<String> collections = new ArrayList<>();

  @Override
  void run(OpenRepository open) {
    List<String> expression = CommaLists.split(globs);
    List<DatasetType> types =
        DatasetConstraint.types(open.butler(), expression.isEmpty() ? List.of("*") : expression);
    List<String> names = CommaLists.split(collections);
    if (!names.isEmpty()) {
      Set<String> held = held(open.butler(), names);
      types = types.stream().filter(type -> held.contains(type.name())).toList();
    }
    List<OutputColumn> columns = columns();
    RowWriter writer = writer(columns);
    writer.section(new RowWriter.Section(columns, RowOrder.AS_GIVEN));
    types.stream()
        .sorted(Comparator.comparing(DatasetType::name))
        .forEach(type -> writer.row(row(type)));
    writer.finish();
    if (types.isEmpty()) {
      noteNothing(List.of());
    }
  }

  private static Set<String> held(Butler butler, List<String> names) {
    Set<String> held = new HashSet<>();
    CollectionSearch search =
        new CollectionSearch(
            names,
            Set.of(CollectionType.values()),
            new Chains(false, true),
            Set.of(Detail.SUMMARY),
            null);
    for (CollectionInfo info : DatasetConstraint.search(butler, search)) {
      Set<String> types = info.datasetTypes();
      if (types != null) {
        held.addAll(types);
      }
    }
    return held;
  }

  private List<OutputColumn> columns() {
    OutputColumn name = OutputColumn.text("name");
    return verbose
        ? List.of(
            name,
            OutputColumn.text("dimensions"),
            OutputColumn.text("storage class", "storage_class"))
        : List.of(name);
  }

  private List<@Nullable Object> row(DatasetType type) {
    if (!verbose) {
      return List.of(type.name());
    }
    Object dimensions =
        format() == OutputFormat.TABLE
            ? type.dimensions().names().stream().map(name -> "'" + name + "'").toList().toString()
            : type.dimensions().names();
    return List.of(type.name(), dimensions, type.storageClass());
  }
}
