package equerry.cli.change;

import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.ShellCommand;
import equerry.cli.shell.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/// Options of commands that delete something.
public final class DeletionOptions {
  @Option(
      names = {"-n", "--dry-run"},
      description = "Tell what would be deleted, and delete nothing.")
  private boolean dryRun;

  @Option(
      names = "--confirm",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Ask before anything is deleted. Default: --confirm.")
  private boolean confirm = true;

  /// What is to happen after it was told what will be deleted.
  public enum Mode {
    /// Nothing.
    REHEARSE,
    ASK,
    GO
  }

  boolean isRehearsal() {
    return dryRun;
  }

  /// What to do.
  ///
  /// @throws picocli.CommandLine.ParameterException when nobody can be asked
  public Mode mode(ShellCommand command) {
    if (dryRun) {
      return Mode.REHEARSE;
    }
    if (!confirm) {
      return Mode.GO;
    }
    if (!Terminal.isIn()) {
      throw command.unusable(
          "Standard input is no terminal, so that nobody can be asked. Add --no-confirm to delete"
              + " without a question, or --dry-run to see what would be deleted.");
    }
    return Mode.ASK;
  }

  /// Whether to go on now that it was told what will be deleted.
  ///
  /// @throws CommandFailure when somebody decides against it
  public static boolean isOn(Mode mode, ShellCommand command, PrintWriter err) {
    return switch (mode) {
      case REHEARSE -> {
        command.note("nothing was changed (--dry-run).");
        yield false;
      }
      case GO -> true;
      case ASK -> {
        if (!Question.onTerminal(err).isAnsweredYes("Continue?")) {
          throw new CommandFailure("Nothing was changed.");
        }
        yield true;
      }
    };
  }
}
