package equerry.cli;

import equerry.cli.shell.CommandFailure;
import equerry.server.EquerryServer;
import equerry.server.observe.LogFormat;
import equerry.server.observe.ServerLogging;
import equerry.server.settings.ServerSettings;
import equerry.server.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `equerry serve`: serves repositories until it is told to end.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Serves butler repositories over HTTP to unmodified clients.",
    footer = {
      "",
      "Examples:",
      "  equerry serve /data/dp2                    one repository, label 'dp2'",
      "  equerry serve main=/data/a other=/data/b   two, with labels of your own",
      "  equerry serve --config server.json         all settings from a file",
      "  equerry serve --check-config REPO…         only say what is wrong with the settings",
      "",
      "Without REPO the repositories come from the file of --config or from the environment of the",
      "stock server (DAF_BUTLER_SERVER_REPOSITORIES, DAF_BUTLER_SERVER_GAFAELFAWR_URL,",
      "DAF_BUTLER_SERVER_AUTHENTICATION, DAF_BUTLER_SERVER_STATIC_FILES_PATH).",
      "",
      "A client opens http://HOST:PORT/api/butler/repo/LABEL. SIGTERM lets running requests end."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "REPO",
      description = {
        "A repository: its folder, its butler.yaml, or a URI of either (file, http, https, s3,",
        "gs). LABEL=REPO names it; without, the folder's name is its label."
      })
  private List<String> repositories = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A JSON file with settings; the command line goes before it.")
  private @Nullable Path config;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on. Default: 127.0.0.1, this machine only.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on, 0 for any free one. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--eager",
      description = "Open all repositories now instead of each at its first request.")
  private boolean eager;

  @Option(
      names = "--allow-anonymous",
      description = "Let everybody who reaches the server read, without Gafaelfawr.")
  private boolean allowAnonymous;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = {
        "Keys that sign the links to local files; made when absent.",
        "Default: a key that lives as long as the process."
      })
  private @Nullable Path signingKeys;

  @Option(
      names = "--also-serve",
      paramLabel = "DIR",
      description = {
        "A directory outside the datastores whose files may be served when a record or a",
        "symbolic link leads there; can be given several times."
      })
  private List<Path> outsideFiles = new ArrayList<>();

  @Option(names = "--log-format", paramLabel = "FORMAT", description = "json (default) or text.")
  private LogFormat logFormat = LogFormat.JSON;

  @Option(
      names = "--log-statements",
      description = "Log every statement that is sent to a database, without its values.")
  private boolean logStatements;

  @Option(
      names = "--check-config",
      description = {
        "Check the settings and the repositories, report all faults, and end.",
        "Exit code: 0 good, 1 a repository cannot be opened, 2 the settings cannot be used."
      })
  private boolean checkConfig;

  @Override
  public Integer call() throws Exception {
    return switch (SettingsReader.read(line(), System.getenv())) {
      case SettingsReader.Outcome.Faulty(List<String> faults, ServerSettings readable) -> {
        complain(faults);
        if (checkConfig) {
          complain(RepositoryCheck.faults(readable));
        }
        yield ExitCode.USAGE;
      }
      case SettingsReader.Outcome.Usable(ServerSettings settings) ->
          checkConfig ? check(settings) : serve(settings);
    };
  }

  private equerry.server.settings.CommandLine line() {
    return new equerry.server.settings.CommandLine(
        repositories,
        Optional.ofNullable(config),
        Optional.ofNullable(host),
        Optional.ofNullable(port),
        eager ? ServerSettings.Opening.EAGER : ServerSettings.Opening.LAZY,
        allowAnonymous
            ? equerry.server.settings.CommandLine.Anonymous.EVERYBODY
            : equerry.server.settings.CommandLine.Anonymous.THIS_MACHINE_ONLY,
        Optional.ofNullable(signingKeys),
        outsideFiles);
  }

  private void complain(List<String> faults) {
    PrintWriter err = spec.commandLine().getErr();
    faults.forEach(fault -> err.println("equerry: " + fault));
    err.flush();
  }

  private int check(ServerSettings settings) {
    List<String> faults = RepositoryCheck.faults(settings);
    if (!faults.isEmpty()) {
      complain(faults);
      return ExitCode.SOFTWARE;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The settings are good; repositories that can be opened: "
            + settings.repositories().size());
    out.flush();
    return ExitCode.OK;
  }

  private int serve(ServerSettings settings) throws InterruptedException {
    ServerLogging.configure(logFormat);
    if (logStatements) {
      ServerLogging.showStatements();
    }
    try (EquerryServer server =
        EquerryServer.start(settings, DirectRepositories.opener(settings))) {
      server.runUntilTerminated();
    } catch (IOException unusable) {
      throw new CommandFailure(
          "The address %s:%d cannot be listened on (%s): choose another with --host and --port."
              .formatted(settings.host(), settings.port(), unusable.getMessage()),
          unusable);
    }
    return ExitCode.OK;
  }
}
