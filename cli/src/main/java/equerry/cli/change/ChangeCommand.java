package equerry.cli.change;

import equerry.api.error.ButlerException;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.ShellCommand;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the commands have in common that change a repository.
public abstract class ChangeCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description =
          "The repository to change: its folder, its butler.yaml, a URI of either, or its label. "
              + "Not the URL of a butler server: those only read.")
  private String repository = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "How to tell what is done: table (default), json, csv or ndjson.")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  protected final void answer() {
    check();
    try (WritableDirectButler butler = open()) {
      run(butler);
    }
  }

  /// Refuses what can be seen to be wrong without a look at the repository.
  protected void check() {}

  /// Does what the command is for.
  protected abstract void run(WritableDirectButler butler);

  /// Tells what was done or will be.
  protected final void tell(Told told) {
    told.write(format, out());
  }

  private WritableDirectButler open() {
    if (repository.startsWith("http:") || repository.startsWith("https:")) {
      throw unusable(
          "'"
              + repository
              + "' is a server's URL, and servers change nothing: run this where the repository's"
              + " database and files can be reached, with its folder or butler.yaml as REPO.");
    }
    try {
      return DirectButler.openForWriting(repository, DirectButler.Options.defaults());
    } catch (ButlerException.Unavailable closed) {
      throw new ButlerException.Unavailable(
          closed.code(), repository + ": " + closed.detail(), closed);
    }
  }
}
