package equerry.cli.query;

import equerry.api.collection.CollectionType;
import equerry.cli.query.CollectionListing.Relatives;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `equerry query-collections`: lists collections.
@Command(
    name = "query-collections",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the collections of a repository.",
    footer = {
      "",
      "Examples:",
      "  equerry query-collections REPO",
      "  equerry query-collections REPO 'LarkCam/*' --collection-type run --chains flatten",
      "  equerry query-collections REPO --chains inverse-tree",
      "  equerry query-collections REPO --show-dataset-types --format json"
    })
public final class QueryCollectionsCommand extends QueryCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "GLOB",
      description = "Names or globs of collections. Default: all.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = "--collection-type",
      paramLabel = "TYPE",
      description = "Only those of a type: run, tagged, chained, calibration. May be repeated.")
  private List<CollectionType> types = new ArrayList<>();

  @Option(
      names = "--chains",
      paramLabel = "HOW",
      converter = ChainsConverter.class,
      defaultValue = "TREE",
      description = {
        "table: a column with the members of chains.",
        "inverse-table: a column with the chains that have it as a member.",
        "tree (default): members below their chain, and so on.",
        "inverse-tree: chains below their members, and so on.",
        "flatten: one list with the members of chains.",
        "no-children: one list, without the members of chains."
      })
  private ChainView chains = ChainView.TREE;

  @Option(
      names = {"-t", "--show-dataset-types"},
      description = "Tell the dataset types that each may hold, too.")
  private boolean showDatasetTypes;

  @Option(
      names = "--exclude-dataset-types",
      paramLabel = "GLOB[,GLOB…]",
      defaultValue = "*_config,*_log,*_metadata,packages",
      description = "Dataset types not to tell. Default: ${DEFAULT-VALUE}.")
  private List<String> excluded = new ArrayList<>();

  /// How chains are shown.
  enum ChainView {
    TABLE,
    INVERSE_TABLE,
    TREE,
    INVERSE_TREE,
    FLATTEN,
    NO_CHILDREN
  }

  static final class ChainsConverter implements ITypeConverter<ChainView> {
    @Override
    public ChainView convert(String text) {
      for (ChainView view : ChainView.values()) {
        if (view.name().replace('_', '-').equalsIgnoreCase(text)) {
          return view;
        }
      }
      throw new TypeConversionException(
          "'"
              + text
              + "' is none of table, inverse-table, tree, inverse-tree, flatten, no-children");
    }
  }

  @Override
  void run(OpenRepository open) {
    Set<CollectionType> wanted =
        types.isEmpty() ? EnumSet.allOf(CollectionType.class) : EnumSet.copyOf(types);
    CollectionListing listing =
        new CollectionListing(
            open.butler(),
            new CollectionListing.Request(
                DatasetConstraint.expression(globs),
                wanted,
                showDatasetTypes ? CollectionListing.Types.SHOWN : CollectionListing.Types.LEFT_OUT,
                CommaLists.split(excluded),
                format()));
    CollectionListing.Content content =
        switch (chains) {
          case TABLE -> listing.table(Relatives.CHILDREN);
          case INVERSE_TABLE -> listing.table(Relatives.PARENTS);
          case TREE -> listing.tree(Relatives.CHILDREN);
          case INVERSE_TREE -> listing.tree(Relatives.PARENTS);
          case FLATTEN -> listing.flat(CollectionListing.FLATTENED);
          case NO_CHILDREN -> listing.flat(CollectionListing.AS_THEY_ARE);
        };
    RowWriter writer = writer(content.columns());
    writer.section(new RowWriter.Section(content.columns(), RowOrder.AS_GIVEN));
    content.rows().forEach(writer::row);
    writer.finish();
    if (content.rows().isEmpty()) {
      noteNothing(List.of("No collection matches " + globs + ofTypes() + "."));
    }
  }

  private String ofTypes() {
    return types.isEmpty()
        ? ""
        : " and is of the types " + types.toString().toLowerCase(Locale.ROOT);
  }
}
