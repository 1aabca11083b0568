package equerry.cli.change;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.file.TransferMode;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry put`: makes a dataset of a file.
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a dataset of a file, which is written already as its formatter will read it.",
      "The dataset type and the dimension records must be there."
    },
    footer = {
      "",
      "Example:",
      "  equerry put REPO bias-1.fits bias my/bias instrument=LarkCam detector=1"
    })
public final class PutCommand extends ChangeCommand {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("type"),
          OutputColumn.text("run"),
          new OutputColumn("id", "id", ColumnType.UUID),
          OutputColumn.text("data ID", "data_id"));

  @Parameters(index = "1", paramLabel = "FILE", description = "The file, a path or URI.")
  private String file = "";

  @Parameters(index = "2", paramLabel = "DATASET_TYPE", description = "The dataset type.")
  private String datasetType = "";

  @Parameters(
      index = "3",
      paramLabel = "RUN",
      description = "The run that the dataset is in; it is made if it is not there.")
  private String run = "";

  @Parameters(index = "4..*", paramLabel = "NAME=VALUE", description = "The data ID.")
  private List<String> dataId = new ArrayList<>();

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "copy",
      converter = TransferModeConverter.class,
      description =
          "How the file comes into the datastore: copy (default), auto, link, symlink, hardlink, "
              + "move, relsymlink or direct.")
  private TransferMode transfer = TransferMode.COPY;

  @Mixin private IngestOptions options = new IngestOptions();

  @Override
  protected void run(WritableDirectButler butler) {
    DatasetType type = IngestFilesCommand.type(butler, datasetType);
    Map<String, Object> values = DataIdValues.parse(dataId, butler.universe());
    DataId full = DataIdColumns.find(List.of(""), type.dimensions(), values).read(List.of(""), 1);
    FileIngest ingest = new FileIngest(butler, type, run, transfer, options);
    DatasetRef ref =
        ingest.ingest(Map.of(FilePlaces.below("").resolve(file), List.of(full))).getFirst();
    tell(
        new Told()
            .add(
                "Stored:", COLUMNS, List.of(List.of(datasetType, run, ref.id(), full.toString()))));
  }
}
