package equerry.cli.change;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Registration;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry register-dataset-type`: makes a dataset type.
@Command(
    name = "register-dataset-type",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Registers a dataset type. One that is there already, defined the same, stays as it is.",
      "Types of components (calexp.wcs) come with their composite and are not registered."
    },
    footer = {
      "",
      "Examples:",
      "  equerry register-dataset-type REPO raw Exposure instrument exposure detector",
      "  equerry register-dataset-type REPO bias ExposureF instrument detector --is-calibration"
    })
public final class RegisterDatasetTypeCommand extends ChangeCommand {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("type"),
          OutputColumn.text("dimensions"),
          OutputColumn.text("storage class", "storage_class"),
          OutputColumn.text("result"));

  @Parameters(index = "1", paramLabel = "DATASET_TYPE", description = "Its name.")
  private String name = "";

  @Parameters(
      index = "2",
      paramLabel = "STORAGE_CLASS",
      description = "The storage class, which says how its files are read.")
  private String storageClass = "";

  @Parameters(
      index = "3..*",
      paramLabel = "DIMENSION",
      description = "The dimensions of its data IDs. Those that they need come along.")
  private List<String> dimensions = new ArrayList<>();

  @Option(
      names = "--is-calibration",
      negatable = true,
      description = "Its datasets can be certified. Default: --no-is-calibration.")
  private boolean isCalibration;

  @Override
  protected void run(WritableDirectButler butler) {
    DatasetType type =
        new DatasetType(
            name,
            butler.universe().group(CommaLists.split(dimensions)),
            storageClass,
            isCalibration);
    Registration registration = butler.write(changes -> changes.datasetTypes().register(type));
    String result =
        switch (registration) {
          case NEW -> "registered";
          case KNOWN -> "was there, the same";
        };
    tell(
        new Told()
            .add(
                "Dataset type:",
                COLUMNS,
                List.of(List.of(name, type.dimensions().names(), storageClass, result))));
  }
}
