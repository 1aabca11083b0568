package equerry.cli.transfer;

import equerry.api.file.TransferMode;
import equerry.api.transfer.TransferReport;
import equerry.api.transfer.TransferRequest;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import equerry.direct.exchange.DirectArrivals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry transfer-datasets`: takes datasets from one repository to another.
@Command(
    name = "transfer-datasets",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes datasets from one repository into another, with their identities, runs and files.",
      "What is there already is passed over, so a transfer that was interrupted is simply run again."
    },
    footer = {
      "",
      "Examples:",
      "  equerry transfer-datasets SOURCE DEST -d deep_coadd --collections meadow/latest \\",
      "      --register-dataset-types --transfer copy",
      "  equerry transfer-datasets https://butler.example/api/butler/repo/dp1 DEST \\",
      "      -d 'visit_*' --where \"instrument='LarkCam'\" --limit 0 --dry-run"
    })
public final class TransferDatasetsCommand extends TransferCommand {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "The repository that has them: its folder, its butler.yaml, or a server's URL.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "DEST", description = "The repository that takes them.")
  private String destination = "";

  @Mixin private DatasetOptions datasets = new DatasetOptions();

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "How the files come over: auto (default), link, symlink, hardlink, copy, move, "
              + "relsymlink, or direct: they stay in the source, and must not be deleted there.")
  private TransferMode mode = TransferMode.AUTO;

  @Option(
      names = "--register-dataset-types",
      description = "Register dataset types that are not there.")
  private boolean registerTypes;

  @Option(
      names = "--no-transfer-dimensions",
      negatable = true,
      description = "Leave dimension records alone; all that are needed must be there.")
  private boolean withoutRecords;

  @Option(
      names = "--dry-run",
      negatable = true,
      description = "Change nothing; tell how much would be transferred.")
  private boolean dryRun;

  @Override
  protected void answer() {
    try (Source from = Source.open(source);
        WritableDirectButler to =
            DirectButler.openForWriting(destination, DirectButler.Options.defaults());
        TransferProgress progress = progress()) {
      TransferRequest request =
          new TransferRequest(
              from.butler(),
              from.files(),
              datasets.select(from.butler(), this),
              mode,
              registerTypes ? TransferRequest.Types.REGISTER : TransferRequest.Types.REFUSE,
              withoutRecords ? TransferRequest.Records.EXPECT : TransferRequest.Records.TRANSFER);
      DirectArrivals arrivals = new DirectArrivals(to);
      TransferReport report =
          dryRun ? arrivals.rehearse(request, progress) : arrivals.transferFrom(request, progress);
      progress.close();
      tell(report);
    }
  }

  private void tell(TransferReport report) {
    out()
        .printf(
            "%s: %d%n",
            dryRun
                ? "Number of datasets that would be transferred"
                : "Number of datasets transferred",
            report.datasets());
    if (report.files() < report.datasets()) {
      out().printf("Files of %d of them are there already.%n", report.datasets() - report.files());
    }
    if (report.skipped() > 0) {
      out().printf("Passed over since they have no files: %d%n", report.skipped());
    }
  }
}
