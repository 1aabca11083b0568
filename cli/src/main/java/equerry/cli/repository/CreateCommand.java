package equerry.cli.repository;

import equerry.cli.shell.ShellCommand;
import equerry.direct.create.NewRepository;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry create`: makes a repository.
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes an empty repository: a folder with a butler.yaml, and a database of what will be in it.",
      "Without options the database is a SQLite file in the folder, which suits one machine and few",
      "writers. Many writers, or many machines, need PostgreSQL.",
      "The stock butler opens the repository as one of its own."
    },
    footer = {
      "",
      "Examples:",
      "  equerry create /data/survey",
      "  equerry create /data/survey --database postgresql://me@dbhost/butler --namespace survey",
      "  equerry create /data/survey --seed-config seed.yaml --override",
      "  equerry create /data/old --dimension-config 3",
      "",
      "A seed is a butler.yaml that holds only what is to differ, such as, for files in S3,",
      "  datastore:",
      "    root: s3://bucket/survey",
      "A PostgreSQL database must exist and have the extension btree_gist; the namespace is made.",
      "The password is best kept in ~/.pgpass or ~/.lsst/db-auth.yaml."
    })
public final class CreateCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The folder of the new repository. It is made if it is not there.")
  private String repository = "";

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "Where its tables are to be: postgresql://USER@HOST:PORT/NAME.")
  private String database = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description =
          "The PostgreSQL schema of its tables, so that a database can hold many repositories.")
  private String namespace = "";

  @Option(
      names = "--seed-config",
      paramLabel = "FILE",
      description = "A YAML file with configuration on top of the defaults.")
  private String seedConfig = "";

  @Option(
      names = "--dimension-config",
      paramLabel = "FILE|N",
      description =
          "A YAML file that describes dimensions of your own, or the version (0 to 8) of a universe "
              + "of the stock package. Default: 8.")
  private String dimensionConfig = "";

  @Option(
      names = "--standalone",
      description =
          "Write all defaults into the configuration, so that it stays the same when those of its "
              + "readers change.")
  private boolean standalone;

  @Option(
      names = "--override",
      description =
          "Keep the places of files and database that the seed gives, instead of those in the "
              + "folder.")
  private boolean override;

  @Option(
      names = {"-f", "--outfile"},
      paramLabel = "FILE",
      description = "Write the configuration there instead of to butler.yaml in the folder.")
  private String outfile = "";

  @Override
  protected void answer() {
    tellNextSteps(plan().create(System.getenv()));
  }

  private NewRepository plan() {
    NewRepository plan = NewRepository.at(folder());
    if (!seedConfig.isEmpty()) {
      plan = plan.seededBy(Path.of(seedConfig));
    }
    if (!database.isEmpty()) {
      plan = plan.onDatabase(database, Optional.of(namespace).filter(name -> !name.isEmpty()));
    } else if (!namespace.isEmpty()) {
      throw unusable("--namespace is for PostgreSQL: give its --database, too.");
    }
    if (!dimensionConfig.isEmpty()) {
      plan = withDimensions(plan);
    }
    if (standalone) {
      plan = plan.standalone();
    }
    if (override) {
      plan = plan.keepingPlaces();
    }
    return outfile.isEmpty() ? plan : plan.writingTo(Path.of(outfile));
  }

  private NewRepository withDimensions(NewRepository plan) {
    boolean version =
        dimensionConfig.matches("\\d{1,4}") && !Files.exists(Path.of(dimensionConfig));
    return version
        ? plan.withUniverse(Integer.parseInt(dimensionConfig))
        : plan.withDimensions(Path.of(dimensionConfig));
  }

  private Path folder() {
    try {
      if (repository.startsWith("file:")) {
        return Path.of(URI.create(repository));
      }
      if (!repository.contains("://")) {
        return Path.of(repository);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException notLocal) {
      throw unusable("'" + repository + "' is neither a path nor a file: URI.");
    }
    throw unusable(
        "REPO must be a local folder. Files can be elsewhere: give their datastore.root in a seed,"
            + " with --override.");
  }

  private void tellNextSteps(Path made) {
    String opened = outfile.isEmpty() ? repository : made.toString();
    err()
        .println(
            """
        The repository is made: %s

        Next:
          equerry query-collections %s     what is in it (nothing yet)
          equerry serve %s                 serve it to others
          export DAF_BUTLER_REPOSITORIES='{"NAME": "%s"}'
                                          call it NAME from now on"""
                .formatted(made, opened, opened, made.getParent()));
    err().flush();
  }
}
