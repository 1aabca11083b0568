package equerry.api.where;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Compares conditions in normal form by what they say of rows, in the three-valued logic of SQL.
final class Truth {
  private static final int ROWS = 3_000;

  private Truth() {}

  /// Whether two conditions agree on random rows, in which each leaf is true (2), null (1) or false.
  static boolean agree(JsonNode a, JsonNode b, long seed) {
    Set<String> leaves = new TreeSet<>();
    collect(a, leaves);
    collect(b, leaves);
    Random random = new Random(seed);
    for (int row = 0; row < ROWS; row++) {
      Map<String, Integer> values = new HashMap<>();
      leaves.forEach(leaf -> values.put(leaf, random.nextInt(3)));
      if (value(a, values) != value(b, values)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNot(JsonNode leaf) {
    return leaf.get("predicate_type").stringValue().equals("not");
  }

  private static void collect(JsonNode operands, Set<String> leaves) {
    for (JsonNode clause : operands) {
      clause.forEach(leaf -> leaves.add((isNot(leaf) ? leaf.get("operand") : leaf).toString()));
    }
  }

  private static int value(JsonNode operands, Map<String, Integer> values) {
    int all = 2;
    for (JsonNode clause : operands) {
      int any = 0;
      for (JsonNode leaf : clause) {
        int value =
            isNot(leaf)
                ? 2 - values.getOrDefault(leaf.get("operand").toString(), 0)
                : values.getOrDefault(leaf.toString(), 0);
        any = Math.max(any, value);
      }
      all = Math.min(all, any);
    }
    return all;
  }
}
