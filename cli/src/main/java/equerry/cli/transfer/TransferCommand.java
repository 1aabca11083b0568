package equerry.cli.transfer;

import equerry.cli.shell.CommandLogging;
import equerry.cli.shell.OptionsFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the commands that move datasets have in common.
abstract class TransferCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-@", "--options-file"},
      paramLabel = "FILE",
      description =
          "A YAML file with options by command, such as import: {transfer: copy}. "
              + "The command line goes before it.")
  private String optionsFile = "";

  @Override
  public Integer call() {
    CommandLogging.configure();
    if (!optionsFile.isEmpty()) {
      OptionsFile.apply(optionsFile, spec);
    }
    run();
    out().flush();
    return ExitCode.OK;
  }

  /// Moves.
  abstract void run();

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// A listener that shows how it goes, to be closed.
  TransferProgress progress() {
    return TransferProgress.onError(spec.commandLine().getErr());
  }

  void note(String text) {
    spec.commandLine().getErr().println("equerry: " + text);
    spec.commandLine().getErr().flush();
  }

  ParameterException unusable(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
