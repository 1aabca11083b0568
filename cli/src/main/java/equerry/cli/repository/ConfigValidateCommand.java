package equerry.cli.repository;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultStream;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.ShellCommand;
import equerry.datastore.ConfigurationCheck;
import equerry.datastore.DatastoreSection;
import equerry.datastore.LookupNames;
import equerry.datastore.WritableStores;
import equerry.direct.DirectButler;
import equerry.direct.RepositoryConfig;
import equerry.direct.create.EffectiveConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry config-validate`: checks the configuration of a repository.
@Command(
    name = "config-validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks whether the configuration has a usable file template and a formatter for every dataset",
      "type, and whether what it has entries for exists. Exit code 1 when it finds a fault."
    },
    footer = {
      "",
      "Examples:",
      "  equerry config-validate REPO",
      "  equerry config-validate REPO -d raw,calexp",
      "  equerry config-validate REPO --ignore my_test --quiet"
    })
public final class ConfigValidateCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The repository: its folder, its butler.yaml, a URI of either, or its label.")
  private String repository = "";

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell only whether there are faults.")
  private boolean quiet;

  @Option(
      names = {"-d", "--dataset-type"},
      paramLabel = "NAME[,NAME…]",
      description = "Only these dataset types. Default: all.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = {"-i", "--ignore"},
      paramLabel = "NAME[,NAME…]",
      description = "Not these dataset types.")
  private List<String> ignored = new ArrayList<>();

  @Override
  protected void answer() {
    Map<String, String> environment = System.getenv();
    DirectButler.Options options = DirectButler.Options.defaults();
    RepositoryConfig config = RepositoryConfig.read(repository, environment);
    try (DirectButler butler = DirectButler.open(repository, options)) {
      WritableStores stores =
          DatastoreSection.readForWriting(
              config.datastore(), config.root(), environment, butler.universe());
      List<String> instruments = instruments(butler);
      TreeSet<String> faults =
          new TreeSet<>(new ConfigurationCheck(types(butler), instruments).faults(stores));
      if (types.isEmpty()) {
        faults.addAll(
            new LookupNames(butler.universe(), names(butler, config), Set.copyOf(instruments))
                .faults(config.datastore()));
      }
      tell(faults);
    }
  }

  private void tell(TreeSet<String> faults) {
    if (faults.isEmpty()) {
      out().println("The configuration has no faults.");
      return;
    }
    if (!quiet) {
      faults.forEach(out()::println);
      out().flush();
    }
    throw new CommandFailure("Faults of the configuration: " + faults.size() + ".");
  }

  private List<DatasetType> types(DirectButler butler) {
    List<String> wanted = CommaLists.split(types);
    List<String> unwanted = CommaLists.split(ignored);
    List<DatasetType> found =
        wanted.isEmpty()
            ? butler.datasetTypes().search(List.of("*")).found()
            : wanted.stream().map(butler.datasetTypes()::load).toList();
    return found.stream().filter(type -> !unwanted.contains(type.name())).toList();
  }

  /// What may have entries: dataset types, also those that are not looked at, and storage classes.
  private Set<String> names(DirectButler butler, RepositoryConfig config) {
    Set<String> names = new HashSet<>(CommaLists.split(ignored));
    butler.datasetTypes().search(List.of("*")).found().forEach(type -> names.add(type.name()));
    if (EffectiveConfig.of(config).values().get("storageClasses") instanceof Map<?, ?> classes) {
      classes.keySet().forEach(name -> names.add(String.valueOf(name)));
    }
    return names;
  }

  private static List<String> instruments(DirectButler butler) {
    if (!butler.universe().hasDimension("instrument")) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (ResultStream<DimensionRecord> records = butler.query().records("instrument").stream()) {
      records.forEach(record -> names.add(String.valueOf(record.values().getFirst())));
    }
    return names;
  }
}
