package equerry.cli.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.cli.change.DeletionOptions;
import equerry.cli.change.DeletionOptions.Mode;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.ShellCommand;
import equerry.direct.DirectButler;
import equerry.direct.doctor.Doctor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry doctor`: finds what is wrong with a repository, and mends it.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds what is wrong with a repository: datasets without files, files without datasets, rows",
      "that others imply and that are missing, what writers left that were killed.",
      "Only looks, unless it is told to --fix. Exit code 0: nothing is wrong, or nothing any more;",
      "1: something is left."
    },
    footer = {
      "",
      "Examples:",
      "  equerry doctor REPO",
      "  equerry doctor REPO --check missing-files --check stray-files --format json",
      "  equerry doctor REPO --fix"
    })
public final class DoctorCommand extends ShellCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The repository: its folder, its butler.yaml, a URI of either, or its label.")
  private String repository = "";

  @Option(
      names = "--fix",
      description =
          "Mend what can be mended without losing anything: add rows that are missing, delete rows "
              + "and files that belong to nothing.")
  private boolean fix;

  @Option(
      names = "--forget-lost",
      description = "With --fix: remove the datasets whose files are gone, too.")
  private boolean forgetLost;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      defaultValue = "1h",
      description =
          "Leave files alone that were changed later than this long ago, since their writer may be "
              + "about to commit. Such as 90s, 30m, 12h, 7d. Default: ${DEFAULT-VALUE}.")
  private Duration minAge = Duration.ofHours(1);

  @Option(
      names = "--check",
      paramLabel = "NAME",
      converter = AilmentConverter.class,
      description = "Only look for this; may be repeated. Default: everything.")
  private List<Ailment> chosen = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "How to tell what is found: table (default), json, csv or ndjson.")
  private OutputFormat format = OutputFormat.TABLE;

  @Mixin private DeletionOptions deletion = new DeletionOptions();

  @Override
  protected void answer() {
    if (forgetLost && !fix) {
      throw unusable("--forget-lost needs --fix.");
    }
    Set<Ailment> ailments =
        chosen.isEmpty() ? EnumSet.allOf(Ailment.class) : EnumSet.copyOf(chosen);
    Mode mode = fix ? deletion.mode(this) : Mode.REHEARSE;
    try (Doctor doctor = open(mode)) {
      Map<Ailment, Finding> found = examine(doctor, ailments);
      if (fix && mode == Mode.ASK && !found.isEmpty()) {
        new Report(found, found).write(OutputFormat.TABLE, err());
      }
      boolean mends = fix && !found.isEmpty() && DeletionOptions.isOn(mode, this, err());
      Map<Ailment, Finding> left = mends ? mend(doctor, ailments) : found;
      new Report(found, left).write(format, out());
      if (!left.isEmpty()) {
        throw new CommandFailure("something is wrong with the repository; see above.");
      }
      note(found.isEmpty() ? "nothing is wrong." : "nothing is wrong any more.");
    }
  }

  private Doctor open(Mode mode) {
    DirectButler.Options options = DirectButler.Options.defaults();
    return mode == Mode.REHEARSE
        ? Doctor.open(repository, options, minAge)
        : Doctor.openForMending(repository, options, minAge);
  }

  private static Map<Ailment, Finding> examine(Doctor doctor, Set<Ailment> ailments) {
    Map<Ailment, Finding> found = new EnumMap<>(Ailment.class);
    doctor.examine(
        ailments,
        finding -> {
          if (!finding.isClean()) {
            found.put(finding.ailment(), finding);
          }
        });
    return found;
  }

  private Map<Ailment, Finding> mend(Doctor doctor, Set<Ailment> ailments) {
    doctor.mend(ailments);
    if (forgetLost) {
      doctor.forgetLost();
    }
    return examine(doctor, ailments);
  }
}
