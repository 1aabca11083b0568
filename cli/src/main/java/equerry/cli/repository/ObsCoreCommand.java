package equerry.cli.repository;

import equerry.cli.shell.CommandLogging;
import equerry.cli.shell.Progress;
import equerry.direct.DirectButler;
import equerry.direct.ObsCoreConfiguration;
import equerry.direct.WritableDirectButler;
import equerry.registry.ObsCoreUpdate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `equerry obscore`: the table by which virtual observatory tools find a repository's data.
@Command(
    name = "obscore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The ObsCore table of a repository: a row for each dataset that it tells the world about, in the",
      "columns of the IVOA's ObsCore. A repository has it if it was configured; from then on every",
      "command keeps it."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ObsCoreCommand.Configure.class,
      ObsCoreCommand.Update.class,
      CommandLine.HelpCommand.class
    })
public final class ObsCoreCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command: configure or update?");
  }

  /// `equerry obscore configure`: makes the table.
  @Command(
      name = "configure",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Gives a repository that was made without it an ObsCore table. It is empty then:",
        "'equerry obscore update' fills it."
      },
      footer = {
        "",
        "Example:",
        "  equerry obscore configure /data/survey --config obscore.yaml",
        "  equerry obscore update /data/survey",
        "",
        "A configuration with the fewest keys:",
        "  version: 1",
        "  collection_type: RUN",
        "  collections: ['survey/.*']",
        "  facility_name: My Observatory",
        "  dataset_types:",
        "    raw: {dataproduct_type: image, calib_level: 1}"
      })
  static final class Configure implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "REPO", description = "The repository.")
    private String repository = "";

    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "A YAML or JSON file with the ObsCore configuration.")
    private String config = "";

    @Override
    public Integer call() {
      CommandLogging.configure();
      ObsCoreConfiguration.Result result =
          ObsCoreConfiguration.configure(
              repository, Path.of(config), DirectButler.Options.defaults());
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          switch (result.table()) {
            case MADE -> "The ObsCore table is made. Fill it: equerry obscore update " + repository;
            case PRESENT -> "The repository has this ObsCore table already.";
          });
      result.advice().ifPresent(err::println);
      err.flush();
      return ExitCode.OK;
    }
  }

  /// `equerry obscore update`: adds missing rows.
  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Adds the rows that the ObsCore table lacks: of datasets that were there before the table, or",
        "that were written by a program that did not keep it. Rows that are there stay as they are.",
        "It can be interrupted and run again."
      },
      footer = {
        "",
        "Examples:",
        "  equerry obscore update /data/survey --dry-run",
        "  equerry obscore update /data/survey"
      })
  static final class Update implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "REPO", description = "The repository.")
    private String repository = "";

    @Option(
        names = {"-n", "--dry-run"},
        description = "Only say how many rows are missing.")
    private boolean dryRun;

    @Override
    public Integer call() {
      CommandLogging.configure();
      try (WritableDirectButler butler =
              DirectButler.openForWriting(repository, DirectButler.Options.defaults());
          Progress progress = Progress.ofWork("rows", Progress.UNKNOWN)) {
        ObsCoreUpdate update = butler.obsCoreUpdate();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
            dryRun
                ? update.countMissing() + " rows are missing. Nothing was changed."
                : update.addMissing(progress::step) + " rows were added.");
        out.flush();
        return ExitCode.OK;
      }
    }
  }
}
