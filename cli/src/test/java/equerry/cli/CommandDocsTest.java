package equerry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// `docs/cli.md` tells of every command, of ours and of the stock package, and of every option of
/// these what became of it (`make_stock_options.py` listed them).
class CommandDocsTest {
  private static final Path DOCS = Path.of("../docs/cli.md");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)`");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\|(.*)\\|");

  /// The options of each stock command.
  private static Map<String, Set<String>> stock() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CommandDocsTest.class.getResourceAsStream("stock-options.txt"))) {
      Map<String, Set<String>> options = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .forEach(
              words ->
                  options.put(words.getFirst(), new TreeSet<>(words.subList(1, words.size()))));
      return options;
    }
  }

  static Set<String> stockCommands() throws IOException {
    return stock().keySet();
  }

  /// What stands beside a command, by column.
  private static Map<String, List<String>> documented() throws IOException {
    return Files.readAllLines(DOCS).stream()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .collect(
            Collectors.toMap(
                row -> row.group(1), row -> Arrays.asList(row.group(2).split("\\|", -1))));
  }

  private static Set<String> options(String cell) {
    return OPTION
        .matcher(cell)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("stockCommands")
  void everyStockOptionIsToldOfAndTakenIfWeSaySo(String command) throws IOException {
    List<String> cells = documented().getOrDefault(command, List.of("", ""));
    Set<String> taken = options(cells.get(0));
    Set<String> all = new TreeSet<>(taken);
    all.addAll(options(cells.get(1)));
    assertThat(all).isEqualTo(stock().get(command));
    CommandLine ours = Main.commandLine().getSubcommands().get(command);
    if (ours != null) {
      Set<String> known = new TreeSet<>(ours.getCommandSpec().optionsMap().keySet());
      known.addAll(ours.getCommandSpec().negatedOptionsMap().keySet());
      assertThat(known).containsAll(taken);
    }
  }

  @Test
  void everyCommandIsToldOf() throws IOException {
    assertThat(documented().keySet()).containsAll(Main.commandLine().getSubcommands().keySet());
  }

  @Test
  void everyCommandButThoseOfHelpHasAGroupInTheHelp() {
    Set<String> grouped =
        CommandGroups.GROUPS.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    assertThat(Main.commandLine().getSubcommands().keySet())
        .filteredOn(name -> !grouped.contains(name))
        .containsExactlyInAnyOrder("help", "generate-completion");
  }
}
