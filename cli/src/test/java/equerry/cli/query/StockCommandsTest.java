package equerry.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.cli.CommandRun;
import equerry.cli.DemoFolder;
import equerry.cli.RemoteDemo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The query commands give the columns and rows of the stock commands of the same names and options
/// (`ask_stock_commands.py` recorded those).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockCommandsTest {
  private static final String RESOURCE = "/equerry/cli/query/stock-commands.json";

  /// Commands whose exit code differs on purpose: an empty result is no error, an unknown dataset
  /// type is one.
  private static final Set<String> OTHER_EXIT =
      Set.of(
          "query-datasets deep_coadd --collections meadow/latest"
              + " --where skymap='meadow_v1'%20AND%20tract=77",
          "query-datasets deep_coad --collections meadow/latest");

  private Path root;
  private RemoteDemo served;

  @BeforeAll
  void make(@TempDir Path folder) throws IOException {
    root = DemoFolder.make(folder);
    served = RemoteDemo.serve(root);
  }

  @AfterAll
  void end() {
    served.close();
  }

  /// What the stock command did.
  record Recorded(String command, int exit, List<PrintedTable> tables) {
    @Override
    public String toString() {
      return command;
    }
  }

  static List<Recorded> commands() throws Exception {
    try (InputStream resource =
        Objects.requireNonNull(StockCommandsTest.class.getResourceAsStream(RESOURCE))) {
      JsonNode answers = new JsonMapper().readTree(resource);
      return answers
          .valueStream()
          .map(
              answer ->
                  new Recorded(
                      answer.get("command").asString(),
                      answer.get("exit").asInt(),
                      answer.get("tables").valueStream().map(StockCommandsTest::table).toList()))
          .toList();
    }
  }

  private static PrintedTable table(JsonNode table) {
    return new PrintedTable(
        texts(table.get("columns")),
        table.get("rows").valueStream().map(row -> texts(row)).toList());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void printsWhatTheStockCommandPrints(Recorded stock) {
    check(stock, run(stock, root.toString()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void printsTheSameFromAServer(Recorded stock) {
    if (!stock.command().contains("--show-uri")) {
      check(stock, run(stock, served.url()));
    }
  }

  private static CommandRun run(Recorded stock, String repository) {
    List<String> line = new ArrayList<>();
    Stream.of(stock.command().split(" "))
        .map(argument -> argument.replace("%20", " "))
        .forEach(line::add);
    line.add(1, repository);
    return CommandRun.of(line.toArray(String[]::new));
  }

  private void check(Recorded stock, CommandRun ours) {
    if (!OTHER_EXIT.contains(stock.command())) {
      assertThat(ours.exit() == 0).as(ours.err()).isEqualTo(stock.exit() == 0);
    }
    if (stock.exit() == 0) {
      assertThat(PrintedTable.all(ours.out()).stream().map(table -> table.withRoot(root)).toList())
          .isEqualTo(stock.tables());
    }
  }
}
