package equerry.cli.change;

import equerry.api.time.Timespan;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `equerry decertify-calibrations`: ends validity during a time.
@Command(
    name = "decertify-calibrations",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ends the validity of a type's datasets in a CALIBRATION collection during a time. Ranges that",
      "reach out of it are cut or split; the datasets stay."
    },
    footer = {
      "",
      "Example:",
      "  equerry decertify-calibrations REPO LarkCam/calib bias --begin-date 2026-03-10"
    })
public final class DecertifyCalibrationsCommand extends DeletionCommand {
  @Parameters(index = "1", paramLabel = "COLLECTION", description = "The CALIBRATION collection.")
  private String collection = "";

  @Parameters(index = "2", paramLabel = "DATASET_TYPE", description = "The dataset type.")
  private String datasetType = "";

  @Mixin private ValidityOptions validity = new ValidityOptions();

  @Override
  protected void run(WritableDirectButler butler) {
    Timespan timespan = validity.timespan();
    Told told =
        new Told()
            .add(
                "Validity ends:",
                List.of(
                    OutputColumn.text("collection"),
                    OutputColumn.text("type"),
                    OutputColumn.text("during")),
                List.of(List.of(collection, datasetType, timespan.toString())));
    if (isOn(told)) {
      butler.write(
          changes -> {
            changes.datasets().decertify(collection, datasetType, timespan, null);
            return null;
          });
    }
  }
}
