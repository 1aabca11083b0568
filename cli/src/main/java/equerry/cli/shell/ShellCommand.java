package equerry.cli.shell;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the commands have in common that read or change a repository.
///
/// Exit codes: 0 done; 1 it could not be done, or somebody decided against it; 2 a command line that
/// cannot be used.
public abstract class ShellCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-@", "--options-file"},
      paramLabel = "FILE",
      description =
          "A YAML file with options by command, such as query-datasets: {limit: 10}. "
              + "The command line goes before it.")
  private String optionsFile = "";

  @Override
  public final Integer call() {
    CommandLogging.configure();
    if (!optionsFile.isEmpty()) {
      OptionsFile.apply(optionsFile, spec);
    }
    answer();
    out().flush();
    RowWriter.checkReader(out());
    return ExitCode.OK;
  }

  /// Does what the command is for.
  protected abstract void answer();

  /// What is answered goes here.
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// What is said about it goes here.
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// Says something about the answer.
  public final void note(String text) {
    err().println("equerry: " + text);
    err().flush();
  }

  /// The error of a command line that cannot be used.
  public final ParameterException unusable(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
