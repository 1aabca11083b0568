package equerry.api.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Predicate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Compares conversions with those of the stock package.
class WhereTest {
  /// Comparisons that the stock package accepts here and fails on later, which we refuse at once.
  private static final Set<String> REFUSED =
      Set.of("visit.region = patch.region", "exposure.timespan IN (:ts)");

  /// How messages begin that users and tests of the stock package know.
  private static final List<String> KNOWN_MESSAGES =
      List.of(
          "Ambiguous identifier",
          "Cannot reference",
          "Column types for comparison",
          "Column types for operator",
          "Expression '",
          "Failed to parse",
          "Identifier '",
          "Name '",
          "Range ",
          "Spatial overlap",
          "Unrecognized ");

  static Stream<WhereFact> facts() throws IOException {
    return WhereFact.all().stream().filter(WhereFact::isWhere);
  }

  static Stream<WhereFact> orderFacts() throws IOException {
    return WhereFact.all().stream().filter(fact -> !fact.isWhere());
  }

  @ParameterizedTest
  @MethodSource("facts")
  void convertsAsTheStockPackageDoes(WhereFact fact) {
    JsonNode json = fact.json();
    if (json.has("unjoined")) {
      assertThat(refused(fact).code()).isEqualTo(ErrorCode.INVALID_QUERY);
      assertThat(refused(fact))
          .hasMessageStartingWith(
              "Cannot reference dataset type(s) {'%s'} that have not been joined.",
              json.get("unjoined").get(0).stringValue());
    } else if (json.has("error")) {
      assertSameError(fact, refused(fact));
    } else if (REFUSED.contains(fact.text())) {
      assertThat(refused(fact).code()).isEqualTo(ErrorCode.INVALID_QUERY);
    } else {
      JsonNode ours = StockJson.operands(Where.parse(fact.text()).bind(fact.context()));
      JsonNode stock = json.get("operands");
      if (!ours.equals(stock)) {
        assertThat(fact.text()).as("%s is not %s", ours, stock).containsIgnoringCase("not");
        assertThat(Truth.agree(ours, stock, 1L)).as("%s says %s", ours, stock).isTrue();
      }
    }
  }

  private static ButlerException.Invalid refused(WhereFact fact) {
    WhereContext context = fact.context();
    return catchThrowableOfType(
        ButlerException.Invalid.class, () -> Where.parse(fact.text()).bind(context));
  }

  private static void assertSameError(WhereFact fact, ButlerException.Invalid error) {
    assertThat(error).as(fact.text()).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_QUERY);
    assertThat(error.detail()).containsPattern("column \\d+").doesNotContain("\n");
    String message = fact.json().get("message").stringValue().replace("\n", "\\u000a");
    if (KNOWN_MESSAGES.stream().anyMatch(message::startsWith)) {
      assertThat(error).hasMessageStartingWith("%s", message);
    }
  }

  @ParameterizedTest
  @MethodSource("facts")
  void printedTextsMeanTheSame(WhereFact fact) {
    boolean readable =
        !fact.json().has("error")
            || !fact.json().get("message").stringValue().startsWith("Failed to parse");
    if (readable && !fact.text().contains("= 1 = 1") && !fact.text().contains("can_see_sky IN")) {
      Where parsed = Where.parse(fact.text());
      Where again = Where.parse(parsed.toString());
      assertThat(again).hasToString(parsed.toString());
      assertThat(Shapes.of(again)).isEqualTo(Shapes.of(parsed));
      if (fact.json().has("operands") && refused(fact) == null) {
        assertThat(again.bind(fact.context())).isEqualTo(parsed.bind(fact.context()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("orderFacts")
  void sortsAsTheStockPackageDoes(WhereFact fact) {
    List<String> texts = List.of(fact.text());
    WhereContext context = fact.context();
    if (fact.json().has("error")) {
      ButlerException.Invalid error =
          catchThrowableOfType(ButlerException.Invalid.class, () -> OrderBy.parse(texts, context));
      assertThat(error.code()).isEqualTo(ErrorCode.INVALID_QUERY);
      assertThat(error).hasMessageStartingWith("%s", fact.json().get("message").stringValue());
    } else {
      assertThat(StockJson.term(OrderBy.parse(texts, context).getFirst()))
          .isEqualTo(fact.json().get("term"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "exposure == 11                 | column 11: '=' is not expected here. Write '=' once",
        "exposure = '11'                | (column 10)",
        "exposure.seq_num = 1 AND detecter = 2 | Did you mean 'detector'? (column 26)",
        "exposure.seqnum = 1            | Did you mean 'seq_num'? (column 1)",
        "visit = 1 OR bais.run = 'a'    | Did you mean 'bias'? (column 14)",
        "detector = :detector_lst       | Name 'detector_lst' is not in the bind map. Did you mean 'detector_list'? (column 12)",
        "CIRCEL(1, 2, 3)                | Did you mean 'CIRCLE'? (column 1)",
        "exposure = 1 AND exposure = T'2020'  | (column 29)",
        "exposure.can_see_sky = TRUE    | A boolean column is a condition by itself",
        "exposure IN (1, 'a', 3)        | (column 17)",
        "exposure = 99999999999999999999 | does not fit into 64 bits. (column 12)",
        "exposure IN (1..99999999999999999999) | column 14: a number of this range does not fit",
        "exposure IN (1..9223372036854775807) | must end below 9223372036854775807. (column 14)",
        "exposure = 1 = 1               | column 14: comparisons do not chain",
        "exposure BETWEEN 1 AND 2       | Use >= and <=",
        "exposure.timespan OVERLAPS (T'1960-01-01', T'1960-01-01') | (column 28)",
      })
  void errorsPointAtThePlaceAndSuggest(String text, String expected) {
    WhereContext context =
        new WhereContext(
            WhereFact.UNIVERSE.group(List.of("exposure", "detector")),
            Set.of("bias"),
            Map.of("detector_list", List.of(1L)));
    ButlerException.Invalid error =
        catchThrowableOfType(ButlerException.Invalid.class, () -> Where.parse(text).bind(context));
    assertThat(error).hasMessageContaining("%s", expected);
  }

  @Test
  void errorsInLongTextsCountLines() {
    ButlerException.Invalid error =
        catchThrowableOfType(
            ButlerException.Invalid.class,
            () ->
                Where.parse("exposure = 1\n  AND bogus = 2")
                    .bind(WhereContext.of(WhereFact.UNIVERSE.group(List.of("exposure")))));
    assertThat(error).hasMessageEndingWith("(line 2, column 7)");
  }

  @Test
  void noTextIsNoCondition() {
    WhereContext context = WhereContext.of(WhereFact.UNIVERSE.emptyGroup());
    assertThat(Where.parse(" \t\n").bind(context)).isEqualTo(Predicate.TRUE);
    assertThat(Where.parse("").syntax()).isEmpty();
    assertThat(Where.parse("")).hasToString("");
  }
}
