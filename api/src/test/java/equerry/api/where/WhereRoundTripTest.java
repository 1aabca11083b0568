package equerry.api.where;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.where.WhereSyntax.Operation;
import equerry.api.where.WhereSyntax.Relation;
import equerry.api.where.WhereSyntax.Sense;
import equerry.api.where.WhereSyntax.Sign;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Prints random trees, of all kinds of nodes in all places the grammar allows, and reads them.
class WhereRoundTripTest {
  private static final int TREES = 5_000;
  private Random random = new Random(0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readsBackWhatWasPrinted(long seed) {
    random = new Random(seed);
    for (int i = 0; i < TREES; i++) {
      WhereSyntax tree = condition(4);
      String text = WherePrinter.print(tree);
      Where read = Where.parse(text);
      assertThat(Shapes.of(read))
          .as("seed %s, tree %s: %s", seed, i, text)
          .isEqualTo(Shapes.of(tree));
      assertThat(read).hasToString(text);
    }
  }

  private <T> T one(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  private List<WhereSyntax> some(int least, Supplier<WhereSyntax> maker) {
    return Stream.generate(maker).limit(least + random.nextInt(3)).toList();
  }

  private WhereSyntax condition(int depth) {
    return switch (depth == 0 ? 7 : random.nextInt(8)) {
      case 0 -> new WhereSyntax.And(0, some(2, () -> condition(depth - 1)));
      case 1 -> new WhereSyntax.Or(0, some(2, () -> condition(depth - 1)));
      case 2 -> new WhereSyntax.Not(0, condition(depth - 1));
      case 3, 4 ->
          new WhereSyntax.Comparison(
              0, value(depth - 1), one(List.of(Relation.values())), value(depth - 1));
      case 5, 6 ->
          new WhereSyntax.In(
              0, value(depth - 1), one(List.of(Sense.values())), some(1, this::item));
      default -> value(depth);
    };
  }

  private WhereSyntax value(int depth) {
    return switch (depth <= 0 ? 6 : random.nextInt(8)) {
      case 0, 1 ->
          new WhereSyntax.Arithmetic(
              0, value(depth - 1), one(List.of(Operation.values())), value(depth - 1));
      case 2 -> new WhereSyntax.Signed(0, one(List.of(Sign.values())), value(depth - 1));
      case 3 -> new WhereSyntax.Pair(0, condition(depth - 1), value(depth - 1));
      case 4 ->
          new WhereSyntax.Call(0, one(List.of("GLOB", "f_1")), some(0, () -> condition(depth - 1)));
      case 5 -> condition(depth - 1);
      default -> primary();
    };
  }

  private WhereSyntax primary() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new WhereSyntax.Name(0, one(List.of("visit", "T", "a.b", "_x.y9.begin", "NULL", "e5")));
      case 1 -> new WhereSyntax.Name(0, "inn");
      default -> item(List.of("5", "0.5", ".5", "5.", "5e-3", "1E9"));
    };
  }

  private WhereSyntax item() {
    return item(List.of("5", "-5", "+.5", "5.", "-5e+3"));
  }

  private WhereSyntax item(List<String> numerals) {
    return switch (random.nextInt(5)) {
      case 0 -> new WhereSyntax.Numeral(0, one(numerals));
      case 1 -> new WhereSyntax.Text(0, one(List.of("", "a b", "\"", "T", "é☃\t", ":x --")));
      case 2 -> new WhereSyntax.Time(0, one(List.of("", "2020-01-01", "mjd/5.0/tai")));
      case 3 -> new WhereSyntax.Bind(0, one(List.of("x", "and")));
      default ->
          new WhereSyntax.Range(
              0,
              random.nextInt(9) - 4,
              random.nextInt(9) - 4,
              random.nextBoolean() ? null : 1L + random.nextInt(3));
    };
  }
}
