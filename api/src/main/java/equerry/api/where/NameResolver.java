package equerry.api.where;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.Expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds the column or constant that a name means in a query.
///
/// In this order: a bound value; a dimension; a field that only one element or dataset type of the
/// query has; `element.field`, where a dimension's name or key is that dimension; `dataset_type.field`;
/// `.begin` and `.end` of a timespan. (Observed on the stock package.) Elements need not be in the
/// query when they are named; dataset types must have been joined.
final class NameResolver {
  private final WhereContext context;

  NameResolver(WhereContext context) {
    this.context = context;
  }

  /// @throws ButlerException.Invalid (invalid_query) saying which name is unknown or ambiguous
  Expression resolve(String name) {
    if (context.binds().get(name) instanceof Expression.Literal literal) {
      return literal;
    }
    String[] terms = name.split("\\.", -1);
    return switch (terms.length) {
      case 1 -> bare(name);
      case 2 -> qualified(name, terms[0], terms[1]);
      case 3 -> {
        Expression base = resolve(terms[0] + "." + terms[1]);
        yield new Expression.Unary(bound(terms[2]).orElseThrow(() -> unknown(name)), base);
      }
      default -> throw unknown(name);
    };
  }

  private static Optional<UnaryOperator> bound(String word) {
    return switch (word) {
      case "begin" -> Optional.of(UnaryOperator.BEGIN_OF);
      case "end" -> Optional.of(UnaryOperator.END_OF);
      default -> Optional.empty();
    };
  }

  private Expression bare(String name) {
    if (context.universe().hasDimension(name)) {
      return new Expression.DimensionKey(context.universe().dimension(name));
    }
    TreeMap<String, Expression> found = new TreeMap<>();
    for (DimensionElement element : context.dimensions().elements()) {
      findColumn(element, name).ifPresent(column -> found.put(element.name(), column));
    }
    findDatasetColumn(name)
        .ifPresent(
            column ->
                context
                    .datasets()
                    .forEach(type -> found.put(type, new Expression.DatasetField(type, column))));
    if (found.size() > 1) {
      List<String> matches = found.keySet().stream().map(e -> "'" + e + "." + name + "'").toList();
      throw invalid(
          "Ambiguous identifier %s matches multiple fields: %s."
              .formatted(Source.quote(name), String.join(", ", matches)));
    }
    if (found.isEmpty()) {
      throw unknown(name);
    }
    return found.firstEntry().getValue();
  }

  /// The column of an element's records, where a dimension's key stands for the dimension.
  private Optional<Expression> findColumn(DimensionElement element, String name) {
    if (element.isDimension() && element.primaryKey().name().equals(name)) {
      return Optional.of(new Expression.DimensionKey(element));
    }
    boolean otherDimension =
        !name.equals(element.name()) && element.dependencies().anyMatch(name::equals);
    if (otherDimension) {
      return Optional.of(new Expression.DimensionKey(context.universe().dimension(name)));
    }
    return element.findField(name).map(field -> new Expression.DimensionField(element, field));
  }

  private static Optional<DatasetColumn> findDatasetColumn(String name) {
    return Stream.of(DatasetColumn.values()).filter(c -> c.label().equals(name)).findFirst();
  }

  private Expression qualified(String name, String first, String second) {
    Optional<DimensionElement> element = context.universe().findElement(first);
    if (element.isPresent()) {
      return findColumn(element.get(), second)
          .orElseThrow(() -> unknownField(element.get(), second));
    }
    Optional<DatasetColumn> column = findDatasetColumn(second);
    if (column.isPresent()) {
      if (!context.datasets().contains(first)) {
        throw invalid(
            "Cannot reference dataset type(s) {%s} that have not been joined.%s"
                .formatted(Source.quote(first), DidYouMean.sentence(first, context.datasets())));
      }
      return new Expression.DatasetField(first, column.get());
    }
    if (first.equals("timespan") && bound(second).isPresent()) {
      return new Expression.Unary(bound(second).get(), resolve("timespan"));
    }
    if (context.datasets().contains(first)) {
      throw invalid(
          "Identifier %s references dataset type %s but field %s is not valid for datasets.%s"
              .formatted(
                  Source.quote(name),
                  Source.quote(first),
                  Source.quote(second),
                  DidYouMean.sentence(
                      second, Stream.of(DatasetColumn.values()).map(c -> c.label()).toList())));
    }
    throw unknown(name);
  }

  private static ButlerException.Invalid unknownField(DimensionElement element, String field) {
    List<String> known = element.recordColumns().stream().map(Column::name).toList();
    return invalid(
        "Unrecognized field %s for %s.%s"
            .formatted(Source.quote(field), element.name(), DidYouMean.sentence(field, known)));
  }

  private ButlerException.Invalid unknown(String name) {
    if (name.equalsIgnoreCase("true") || name.equalsIgnoreCase("false")) {
      return invalid(
          "Unrecognized identifier %s. A boolean column is a condition by itself; write it alone or after NOT."
              .formatted(Source.quote(name)));
    }
    return invalid(
        "Unrecognized identifier %s.%s"
            .formatted(Source.quote(name), DidYouMean.sentence(name, known(name.contains(".")))));
  }

  private List<String> known(boolean qualified) {
    List<String> names = new ArrayList<>(context.binds().keySet());
    context.universe().elements().forEach(element -> names.add(element.name()));
    for (DimensionElement element : context.dimensions().elements()) {
      String prefix = qualified ? element.name() + "." : "";
      element.recordColumns().forEach(column -> names.add(prefix + column.name()));
    }
    for (String type : context.datasets()) {
      String prefix = qualified ? type + "." : "";
      Stream.of(DatasetColumn.values()).forEach(column -> names.add(prefix + column.label()));
    }
    return names;
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
