package equerry.api.where;

import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import java.util.List;

/// What a part of a `where` text has become.
sealed interface Bound {
  /// How messages name its type.
  String kind();

  /// Something that holds or does not, boolean columns included.
  record Condition(Predicate predicate) implements Bound {
    @Override
    public String kind() {
      return "bool";
    }
  }

  record Value(Expression expression) implements Bound {
    @Override
    public String kind() {
      return expression.type().label();
    }
  }

  /// The word NULL.
  record Null() implements Bound {
    @Override
    public String kind() {
      return "null";
    }
  }

  /// A range of integers, which only IN takes.
  record Interval(WhereSyntax.Range range) implements Bound {
    @Override
    public String kind() {
      return "range";
    }
  }

  /// A bound list, which only IN takes.
  record Values(List<Expression> items) implements Bound {
    public Values {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "sequence";
    }
  }
}
