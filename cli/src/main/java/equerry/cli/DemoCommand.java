package equerry.cli;

import equerry.cli.shell.CommandFailure;
import equerry.server.EquerryServer;
import equerry.server.observe.LogFormat;
import equerry.server.observe.ServerLogging;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `equerry demo`: serves a small repository of a make-believe survey on this machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a small repository of a make-believe survey, serves it on this machine,",
      "checks that a dataset can be found and its file read, and shows what to try."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String LABEL = "demo";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      description = "Where the repository is made and kept. Default: ~/.local/share/equerry/demo.")
  private @Nullable Path root;

  @Option(names = "--check", description = "End after the check instead of serving.")
  private boolean checkOnly;

  @Override
  public Integer call() throws InterruptedException {
    Path repository = (root == null ? DemoRepository.defaultRoot() : root).toAbsolutePath();
    ServerLogging.quiet(LogFormat.TEXT);
    DemoRepository.make(repository);
    ServerSettings settings =
        ServerSettings.local(
                List.of(new RepositorySettings(LABEL, repository.toString(), Set.of("*"))))
            .onPort(port);
    try (EquerryServer server =
        EquerryServer.start(settings, DirectRepositories.opener(settings))) {
      long bytes = SelfCheck.run(server.url(LABEL), repository);
      show(server.url(LABEL), repository, bytes);
      if (!checkOnly) {
        server.runUntilTerminated();
      }
    } catch (IOException unusable) {
      throw new CommandFailure(
          "Port " + port + " is taken (" + unusable.getMessage() + "): choose another with --port.",
          unusable);
    }
    return ExitCode.OK;
  }

  private void show(String url, Path repository, long bytes) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        """
        The Meadow survey, which never was, is being served.

          repository  %s
          URL         %s
          checked     found the r-band coadd of tract 0, patch 1; its %,d bytes came as they are on disk
        """
            .formatted(repository, url, bytes));
    if (!checkOnly) {
      out.println(
          """
          Try it from Python (pip install "lsst-daf-butler[remote]"):

            import os
            os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = "none"    # the client wants one, the demo does not
            from lsst.daf.butler import Butler
            butler = Butler("%s")
            print(butler.get("survey_description", collections="meadow/latest"))
            for ref in butler.query_datasets("visit_image", collections="meadow/latest"):
                print(ref)

          Stop it with Ctrl-C."""
              .formatted(url));
    }
    out.flush();
  }
}
