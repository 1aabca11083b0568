package equerry.cli.repository;

import equerry.api.error.DidYouMean;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.ShellCommand;
import equerry.direct.RepositoryConfig;
import equerry.direct.create.EffectiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry config-dump`: shows the configuration of a repository.
@Command(
    name = "config-dump",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the configuration of a repository as YAML: its butler.yaml over the defaults. What is",
      "written in it is shown as it is, a password in a database URL, too."
    },
    footer = {
      "",
      "Examples:",
      "  equerry config-dump REPO",
      "  equerry config-dump REPO --subset .datastore.templates",
      "  equerry config-dump REPO --subset registry --file registry.yaml"
    })
public final class ConfigDumpCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The repository: its folder, its butler.yaml, a URI of either, or its label.")
  private String repository = "";

  @Option(
      names = {"-s", "--subset"},
      paramLabel = "KEY",
      description =
          "Only this part: a key, or several after a character that parts them, such as "
              + ".datastore.root.")
  private @Nullable String subset;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write to this file. Default: standard output.")
  private @Nullable Path file;

  @Override
  protected void answer() {
    EffectiveConfig config = EffectiveConfig.of(RepositoryConfig.read(repository, System.getenv()));
    String text = subset == null ? EffectiveConfig.yaml(config.values()) : text(config, subset);
    if (file == null) {
      out().print(text);
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new CommandFailure("The file " + file + " cannot be written.", unwritable);
    }
  }

  private static String text(EffectiveConfig config, String place) {
    Object value =
        config
            .find(place)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "The configuration has no '%s' with a value. At its top it has %s.%s"
                            .formatted(
                                place,
                                String.join(", ", config.values().keySet()),
                                DidYouMean.sentence(place, config.values().keySet()))));
    return value instanceof Map<?, ?> section
        ? EffectiveConfig.yaml(section)
        : place + ": " + value + "\n";
  }
}
