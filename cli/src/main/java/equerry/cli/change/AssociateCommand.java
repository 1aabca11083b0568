package equerry.cli.change;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.cli.query.DatasetOptions;
import equerry.direct.WritableDirectButler;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `equerry associate`: adds datasets to a TAGGED collection.
@Command(
    name = "associate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Adds the datasets that a search finds to a TAGGED collection, which is made if it is not",
      "there. All of them are added or none."
    },
    footer = {
      "",
      "Examples:",
      "  equerry associate REPO my/best -d visit_image --collections meadow/latest --find-first",
      "  equerry associate REPO my/night -d raw --collections LarkCam/raw/all \\",
      "      --where \"instrument='LarkCam' AND day_obs=20260315\""
    })
public final class AssociateCommand extends ChangeCommand {
  @Parameters(index = "1", paramLabel = "COLLECTION", description = "The TAGGED collection.")
  private String collection = "";

  @Mixin private DatasetOptions datasets = new DatasetOptions();

  @Override
  protected void run(WritableDirectButler butler) {
    List<DatasetRef> refs = datasets.find(butler, this);
    butler.write(
        changes -> {
          changes.collections().register(collection, CollectionType.TAGGED, null);
          Pages.each(refs, page -> changes.datasets().associate(collection, page));
          return null;
        });
    tell(DatasetCounts.of(refs).told("Added to " + collection + ":"));
  }
}
