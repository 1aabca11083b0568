package equerry.api.query;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A value in a query: a column, a literal, or arithmetic over both.
///
/// Every expression has one type, known when it is built; one whose operands do not fit cannot be
/// built ([ButlerException.Invalid], invalid_query).
public sealed interface Expression {
  ColumnType type();

  /// Whether this is a column itself, neither a constant nor computed.
  default boolean isColumn() {
    return switch (this) {
      case DimensionKey key -> true;
      case DimensionField field -> true;
      case DatasetField field -> true;
      case Literal literal -> false;
      case Unary unary -> false;
      case Binary binary -> false;
    };
  }

  private static String nested(Expression operand) {
    return operand instanceof Unary || operand instanceof Binary
        ? "(" + operand + ")"
        : operand.toString();
  }

  /// The key of a dimension.
  record DimensionKey(DimensionElement dimension) implements Expression {
    @Override
    public ColumnType type() {
      return dimension.primaryKey().type();
    }

    @Override
    public String toString() {
      return dimension.name();
    }
  }

  /// A column of an element's records that is not a dimension key.
  record DimensionField(DimensionElement element, Column field) implements Expression {
    @Override
    public ColumnType type() {
      return field.type();
    }

    @Override
    public String toString() {
      return element.name() + "." + field.name();
    }
  }

  /// A property of the datasets of a type that is joined into the query.
  record DatasetField(String datasetType, DatasetColumn field) implements Expression {
    @Override
    public ColumnType type() {
      return field.type();
    }

    @Override
    public String toString() {
      return datasetType + "." + field.label();
    }
  }

  /// A constant.
  sealed interface Literal extends Expression {
    /// The constant as the Java value of its type (see [ColumnType]).
    Object value();
  }

  record IntLiteral(long number) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.INT;
    }

    @Override
    public Object value() {
      return number;
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  record FloatLiteral(double number) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.FLOAT;
    }

    @Override
    public Object value() {
      return number;
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  record StringLiteral(String text) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.STRING;
    }

    @Override
    public Object value() {
      return text;
    }

    @Override
    public String toString() {
      return "'" + text + "'";
    }
  }

  record UuidLiteral(UUID id) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.UUID;
    }

    @Override
    public Object value() {
      return id;
    }

    @Override
    public String toString() {
      return id.toString();
    }
  }

  /// An instant in TAI nanoseconds since 1970-01-01 TAI.
  record DateTimeLiteral(long nanos) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.DATETIME;
    }

    @Override
    public Object value() {
      return nanos;
    }

    @Override
    public String toString() {
      return Timespan.format(nanos);
    }
  }

  record TimespanLiteral(Timespan timespan) implements Literal {
    @Override
    public ColumnType type() {
      return ColumnType.TIMESPAN;
    }

    @Override
    public Object value() {
      return timespan;
    }

    @Override
    public String toString() {
      return timespan.toString();
    }
  }

  /// A hash or a region, as bytes; a region in the encoding of sphgeom.
  record BytesLiteral(ColumnType type, Bytes bytes) implements Literal {
    @Override
    public Object value() {
      return bytes;
    }

    @Override
    public String toString() {
      return "(" + type.label() + ")";
    }
  }

  /// Bytes that are equal when their contents are.
  record Bytes(byte[] content) {
    public Bytes {
      content = content.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
      return HexFormat.of().formatHex(content);
    }
  }

  /// An operator on one operand.
  record Unary(UnaryOperator operator, Expression operand) implements Expression {
    public Unary {
      boolean fits =
          switch (operator) {
            case NEGATE -> operand.type().isNumeric();
            case BEGIN_OF, END_OF -> operand.type() == ColumnType.TIMESPAN;
          };
      if (!fits) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY,
            "Operator "
                + operator.label()
                + " does not apply to "
                + operand
                + " of type "
                + operand.type().label()
                + ".");
      }
    }

    @Override
    public ColumnType type() {
      return operator == UnaryOperator.NEGATE ? operand.type() : ColumnType.DATETIME;
    }

    @Override
    public String toString() {
      return switch (operator) {
        case NEGATE -> "-" + nested(operand);
        case BEGIN_OF -> nested(operand) + ".begin";
        case END_OF -> nested(operand) + ".end";
      };
    }
  }

  enum UnaryOperator {
    NEGATE("-"),
    BEGIN_OF("begin_of"),
    END_OF("end_of");

    private final String label;

    UnaryOperator(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /// Arithmetic between two numbers of the same type.
  record Binary(Arithmetic operator, Expression a, Expression b) implements Expression {
    public Binary {
      if (a.type() != b.type()) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY,
            "Column types for operator "
                + operator.label()
                + " do not agree ("
                + a.type().label()
                + ", "
                + b.type().label()
                + ").");
      }
      boolean integersOnly = operator == Arithmetic.MODULO;
      if (integersOnly ? a.type() != ColumnType.INT : !a.type().isNumeric()) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY,
            "Operator "
                + operator.label()
                + " does not apply to "
                + a
                + " of type "
                + a.type().label()
                + ".");
      }
    }

    @Override
    public ColumnType type() {
      return a.type();
    }

    @Override
    public String toString() {
      return nested(a) + " " + operator.label() + " " + nested(b);
    }
  }

  enum Arithmetic {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%");

    private final String label;

    Arithmetic(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
