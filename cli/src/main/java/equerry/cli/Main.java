package equerry.cli;

import equerry.api.error.ButlerException;
import equerry.cli.change.AssociateCommand;
import equerry.cli.change.CertifyCalibrationsCommand;
import equerry.cli.change.CollectionChainCommand;
import equerry.cli.change.DecertifyCalibrationsCommand;
import equerry.cli.change.IngestFilesCommand;
import equerry.cli.change.IngestZipCommand;
import equerry.cli.change.PruneDatasetsCommand;
import equerry.cli.change.PutCommand;
import equerry.cli.change.RegisterDatasetTypeCommand;
import equerry.cli.change.RemoveCollectionsCommand;
import equerry.cli.change.RemoveDatasetTypeCommand;
import equerry.cli.change.RemoveRunsCommand;
import equerry.cli.doctor.DoctorCommand;
import equerry.cli.query.QueryCollectionsCommand;
import equerry.cli.query.QueryDataIdsCommand;
import equerry.cli.query.QueryDatasetTypesCommand;
import equerry.cli.query.QueryDatasetsCommand;
import equerry.cli.query.QueryDimensionRecordsCommand;
import equerry.cli.repository.ConfigDumpCommand;
import equerry.cli.repository.ConfigValidateCommand;
import equerry.cli.repository.CreateCommand;
import equerry.cli.repository.MigrateCommand;
import equerry.cli.repository.ObsCoreCommand;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.OutputClosed;
import equerry.cli.transfer.ExportCalibsCommand;
import equerry.cli.transfer.ExportCommand;
import equerry.cli.transfer.ImportCommand;
import equerry.cli.transfer.RetrieveArtifactsCommand;
import equerry.cli.transfer.TransferDatasetsCommand;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `equerry` command.
///
/// Exit codes: 0 done; 1 it could not be done, the reason is on standard error; 2 the command line
/// cannot be used.
@Command(
    name = "equerry",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Serves astronomical data by what they are, not by where their files lie.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CreateCommand.class,
      MigrateCommand.class,
      ConfigDumpCommand.class,
      ConfigValidateCommand.class,
      DemoCommand.class,
      ServeCommand.class,
      ObsCoreCommand.class,
      QueryCollectionsCommand.class,
      QueryDatasetTypesCommand.class,
      QueryDatasetsCommand.class,
      QueryDataIdsCommand.class,
      QueryDimensionRecordsCommand.class,
      AssociateCommand.class,
      CertifyCalibrationsCommand.class,
      CollectionChainCommand.class,
      DecertifyCalibrationsCommand.class,
      IngestFilesCommand.class,
      IngestZipCommand.class,
      PruneDatasetsCommand.class,
      PutCommand.class,
      RegisterDatasetTypeCommand.class,
      RemoveCollectionsCommand.class,
      RemoveDatasetTypeCommand.class,
      RemoveRunsCommand.class,
      AutoComplete.GenerateCompletion.class,
      ImportCommand.class,
      ExportCommand.class,
      ExportCalibsCommand.class,
      TransferDatasetsCommand.class,
      RetrieveArtifactsCommand.class,
      DoctorCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Start with a small repository of a make-believe survey:   equerry demo",
      "Serve a repository of your own:                           equerry serve /data/my-repo",
      "See what is in one:                                       equerry query-datasets REPO",
      "",
      "More about a command:                                     equerry help COMMAND"
    })
public final class Main implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine made = new CommandLine(new Main());
    CommandGroups.showIn(made);
    return made.setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((unusable, arguments) -> refuse(unusable))
        .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line));
  }

  /// Says what is wrong with a command line; the reason would be lost above a long help text.
  private static int refuse(ParameterException unusable) {
    CommandLine line = unusable.getCommandLine();
    complain(line, String.valueOf(unusable.getMessage()));
    PrintWriter err = line.getErr();
    if (line.getParent() == null) {
      line.usage(err);
    } else {
      CommandLine.UnmatchedArgumentException.printSuggestions(unusable, err);
      err.println("Help: equerry help " + line.getCommandName());
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /// Tells the reason of a failure; only what nobody foresaw has a stack trace.
  private static int report(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof ButlerException known) {
      complain(line, known.detail());
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (failure instanceof OutputClosed) {
      return CommandLine.ExitCode.OK;
    }
    if (failure instanceof CommandFailure told) {
      complain(line, String.valueOf(told.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static void complain(CommandLine line, String reason) {
    PrintWriter err = line.getErr();
    err.println("equerry: " + reason);
    err.flush();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? One of the following:");
  }
}
