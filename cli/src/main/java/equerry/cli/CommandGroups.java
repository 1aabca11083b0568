package equerry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Lists the commands in the help by what they are for.
final class CommandGroups {
  /// The commands of each group, by its heading; those in none come last.
  static final Map<String, List<String>> GROUPS = groups();

  private static final String OTHERS = "Others";
  private static final int NAME_WIDTH = 27;

  private CommandGroups() {}

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Start", List.of("demo", "serve"));
    groups.put(
        "Find",
        List.of(
            "query-collections",
            "query-dataset-types",
            "query-datasets",
            "query-data-ids",
            "query-dimension-records",
            "retrieve-artifacts"));
    groups.put(
        "Make and keep a repository",
        List.of("create", "migrate", "config-dump", "config-validate", "obscore", "doctor"));
    groups.put(
        "Fill",
        List.of(
            "register-dataset-type",
            "put",
            "ingest-files",
            "ingest-zip",
            "import",
            "transfer-datasets"));
    groups.put(
        "Sort",
        List.of("collection-chain", "associate", "certify-calibrations", "decertify-calibrations"));
    groups.put("Take out", List.of("export", "export-calibs"));
    groups.put(
        "Remove",
        List.of("prune-datasets", "remove-runs", "remove-collections", "remove-dataset-type"));
    return groups;
  }

  static void showIn(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::render);
  }

  private static String render(Help help) {
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    StringBuilder text = new StringBuilder();
    GROUPS.forEach((heading, names) -> text.append(group(help, heading, take(left, names))));
    return text.append(group(help, OTHERS, List.copyOf(left.values()))).toString();
  }

  private static List<Help> take(Map<String, Help> left, List<String> names) {
    List<Help> found = new ArrayList<>();
    for (String name : names) {
      Help command = left.remove(name);
      if (command != null) {
        found.add(command);
      }
    }
    return found;
  }

  private static String group(Help help, String heading, List<Help> commands) {
    if (commands.isEmpty()) {
      return "";
    }
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAME_WIDTH, 2, Overflow.SPAN),
            new Column(width - NAME_WIDTH, 2, Overflow.WRAP));
    for (Help command : commands) {
      table.addRowValues(
          help.colorScheme().commandText(command.commandSpec().name()),
          help.colorScheme().text(sentence(command.commandSpec().usageMessage())));
    }
    return "\n" + help.colorScheme().text("@|bold " + heading + ":|@") + "\n" + table;
  }

  /// The first sentence of what is told of a command.
  private static String sentence(UsageMessageSpec usage) {
    String all = String.join(" ", usage.header().length > 0 ? usage.header() : usage.description());
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
