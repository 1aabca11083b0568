package equerry.api.query;

import equerry.api.ColumnType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the constants of queries from plain Java values.
public final class Literals {
  private Literals() {}

  /// The constant for an integer, a float, a string, a [UUID], a [Timespan], bytes (a hash) or a
  /// constant that is one already.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a value of another type or beyond 64 bits
  public static Expression.Literal of(@Nullable Object value) {
    return switch (value) {
      case Expression.Literal literal -> literal;
      case Long number -> new Expression.IntLiteral(number);
      case Integer number -> new Expression.IntLiteral(number);
      case Short number -> new Expression.IntLiteral(number);
      case Byte number -> new Expression.IntLiteral(number);
      case BigInteger number when number.bitLength() < Long.SIZE ->
          new Expression.IntLiteral(number.longValue());
      case Double number -> new Expression.FloatLiteral(number);
      case Float number -> new Expression.FloatLiteral(number);
      case String text -> new Expression.StringLiteral(text);
      case UUID id -> new Expression.UuidLiteral(id);
      case Timespan timespan -> new Expression.TimespanLiteral(timespan);
      case byte[] bytes ->
          new Expression.BytesLiteral(ColumnType.HASH, new Expression.Bytes(bytes));
      case Expression.Bytes bytes -> new Expression.BytesLiteral(ColumnType.HASH, bytes);
      case null -> throw invalid("A query has null as a value; leave the value out.");
      default ->
          throw invalid(
              "A query has a value of type %s; integers of 64 bits, floats, strings, UUIDs, hashes,"
                      .formatted(value.getClass().getSimpleName())
                  + " times and timespans are known.");
    };
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
