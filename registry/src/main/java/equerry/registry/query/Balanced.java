package equerry.registry.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Joins any number of conditions so that the expression stays shallow: databases parse a long row
/// of operators as a tree that is as deep as the row is long, and limit that depth (SQLite: 1,000).
final class Balanced {
  private static final int WIDTH = 50;

  private Balanced() {}

  static Condition and(List<Condition> conditions) {
    return join(conditions, DSL::and);
  }

  static Condition or(List<Condition> conditions) {
    return join(conditions, DSL::or);
  }

  private static Condition join(
      List<Condition> conditions, Function<List<Condition>, Condition> operator) {
    if (conditions.size() <= WIDTH) {
      return operator.apply(conditions);
    }
    List<Condition> groups = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i += WIDTH) {
      Condition group =
          operator.apply(conditions.subList(i, Math.min(i + WIDTH, conditions.size())));
      groups.add(DSL.condition("({0})", group));
    }
    return join(groups, operator);
  }
}
