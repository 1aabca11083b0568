package equerry.cli.change;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.selection.MeantNames;
import equerry.api.selection.Results;
import equerry.api.time.Timespan;
import equerry.cli.shell.CommandFailure;
import equerry.direct.WritableDirectButler;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry certify-calibrations`: makes datasets valid for a time.
@Command(
    name = "certify-calibrations",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the datasets of a type that a collection finds valid for a time, in a CALIBRATION",
      "collection, which is made if it is not there. All of them or none."
    },
    footer = {
      "",
      "Examples:",
      "  equerry certify-calibrations REPO my/bias.run LarkCam/calib bias --begin-date 2026-03-01",
      "  equerry certify-calibrations REPO my/flats LarkCam/calib flat --search-all-inputs \\",
      "      --begin-date 2026-03-01T12:00:00 --end-date 2026-04-01T12:00:00"
    })
public final class CertifyCalibrationsCommand extends ChangeCommand {
  @Parameters(
      index = "1",
      paramLabel = "INPUT",
      description = "The collection to take datasets from, the first one of each data ID.")
  private String input = "";

  @Parameters(index = "2", paramLabel = "OUTPUT", description = "The CALIBRATION collection.")
  private String output = "";

  @Parameters(index = "3", paramLabel = "DATASET_TYPE", description = "The dataset type.")
  private String datasetType = "";

  @Mixin private ValidityOptions validity = new ValidityOptions();

  @Option(
      names = "--search-all-inputs",
      description = "Search all members of INPUT if it is a chain, not only its first.")
  private boolean searchAll;

  @Override
  protected void run(WritableDirectButler butler) {
    Timespan timespan = validity.timespan();
    String searched = searched(butler);
    Results<DatasetRef> results = butler.query().refs(datasetType, searched);
    List<DatasetRef> refs = results.list();
    if (refs.isEmpty()) {
      throw new CommandFailure(
          "There are no datasets of type '%s' in %s; nothing was changed. %s"
              .formatted(datasetType, searched, String.join(" ", results.explain()))
              .strip());
    }
    butler.write(
        changes -> {
          changes.collections().register(output, CollectionType.CALIBRATION, null);
          changes.datasets().certify(output, refs, timespan);
          return null;
        });
    tell(DatasetCounts.of(refs).told("Valid in " + output + " for " + timespan + ":"));
  }

  private String searched(Butler butler) {
    CollectionInfo info =
        MeantNames.during(
            butler,
            new MeantNames(List.of(), List.of(input)),
            () -> butler.collections().load(input));
    if (searchAll || info.type() != CollectionType.CHAINED) {
      return input;
    }
    if (info.children().isEmpty()) {
      throw new CommandFailure("The chain '" + input + "' has no members. Nothing was changed.");
    }
    return info.children().getFirst();
  }
}
