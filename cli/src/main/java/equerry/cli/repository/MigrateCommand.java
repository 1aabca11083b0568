package equerry.cli.repository;

import equerry.cli.shell.ShellCommand;
import equerry.direct.migrate.RepositoryMigration;
import equerry.direct.migrate.RepositoryMigration.Backup;
import equerry.registry.migrate.Change;
import equerry.registry.migrate.Migration;
import equerry.registry.migrate.MigrationStep;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry migrate`: brings an old repository up to date.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Brings the tables of an old repository up to date, as the stock package's migrations do:",
      "times of ingestion (datasets 1.0.0 to 2.0.0) and the dimension universe, as far as that can",
      "be done without the Python classes of instruments. Files and configuration stay as they are.",
      "Equerry and the stock butler read and write old repositories as they are, too: migrate one for",
      "what its new tables can hold, and when nobody uses it.",
      "All steps are one transaction: they are done and checked, or nothing is changed."
    },
    footer = {
      "",
      "Examples:",
      "  equerry migrate /data/survey --dry-run",
      "  equerry migrate /data/survey",
      "  pg_dump --format=custom --file=before.dump DATABASE && equerry migrate REPO --no-backup"
    })
public final class MigrateCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The repository: its folder, its butler.yaml, a URI of either, or a label.")
  private String repository = "";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only show the steps and their statements.")
  private boolean dryRun;

  @Option(
      names = "--no-backup",
      description = {
        "Do not copy the database first. Without it a SQLite file is copied to a file beside it;",
        "a PostgreSQL database you must copy yourself, and say that you have with this option."
      })
  private boolean noBackup;

  @Override
  protected void answer() {
    RepositoryMigration migration = RepositoryMigration.of(repository, System.getenv());
    Migration plan = migration.plan();
    if (dryRun || plan.steps().isEmpty()) {
      show(plan);
    } else {
      Backup backup = noBackup ? Backup.LEFT : Backup.MADE;
      tellDone(migration.run(backup));
    }
  }

  private void show(Migration plan) {
    PrintWriter out = out();
    for (MigrationStep step : plan.steps()) {
      out.println("-- " + step.name() + ": " + step.meaning());
      for (Change change : step.changes()) {
        out.println(change.text() + ";");
      }
      out.println();
    }
    tell(plan, plan.steps().isEmpty() ? "There is nothing to do." : "Nothing was changed.");
  }

  private void tellDone(Migration done) {
    done.steps().forEach(step -> out().println(step.name() + ": " + step.meaning()));
    tell(done, "The repository was migrated and checked.");
  }

  private void tell(Migration migration, String outcome) {
    out().flush();
    migration.notOffered().forEach(this::note);
    note(outcome);
  }
}
