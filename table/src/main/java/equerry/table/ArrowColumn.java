package equerry.table;

import equerry.table.TableColumn.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.UuidVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.extension.UuidType;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/// Puts the values of one column into its vector, from the first row of a batch on.
final class ArrowColumn {
  private static final ArrowType INSTANT = new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
  private static final Map<String, String> TAI = Map.of("scale", "tai");
  private static final Map<String, String> REGION =
      Map.of("ARROW:extension:name", "lsst.sphgeom.Region", "ARROW:extension:metadata", "");

  private final TableColumn.Cell cell;
  private final FieldVector vector;
  private final Setter setter;

  private ArrowColumn(TableColumn.Cell cell, FieldVector vector, Setter setter) {
    this.cell = cell;
    this.vector = vector;
    this.setter = setter;
  }

  /// Puts a value into a vector and tells how many bytes it takes beside its fixed part.
  @FunctionalInterface
  private interface Setter {
    int set(int row, Object value);
  }

  /// The declaration of a column.
  static Field field(TableColumn column) {
    return new Field(column.name(), type(column.kind()), null);
  }

  private static FieldType type(Kind kind) {
    return switch (kind) {
      case INTEGER -> FieldType.nullable(new ArrowType.Int(Long.SIZE, true));
      case NUMBER -> FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
      case FLAG -> FieldType.nullable(ArrowType.Bool.INSTANCE);
      case TEXT -> FieldType.nullable(ArrowType.Utf8.INSTANCE);
      case IDENTIFIER -> FieldType.nullable(UuidType.INSTANCE);
      case INSTANT -> new FieldType(true, INSTANT, null, TAI);
      case BYTES -> FieldType.nullable(ArrowType.Binary.INSTANCE);
      case REGION -> new FieldType(true, ArrowType.Binary.INSTANCE, null, REGION);
    };
  }

  /// @param vector the one that was made for the declaration
  static ArrowColumn of(TableColumn column, FieldVector vector) {
    return new ArrowColumn(column.cell(), vector, setter(vector));
  }

  private static Setter setter(FieldVector vector) {
    return switch (vector) {
      case BigIntVector integers -> fixed((value, row) -> integers.setSafe(row, (Long) value));
      case Float8Vector numbers -> fixed((value, row) -> numbers.setSafe(row, (Double) value));
      case BitVector flags -> fixed((value, row) -> flags.setSafe(row, (Boolean) value ? 1 : 0));
      case TimeStampNanoVector instants ->
          fixed((value, row) -> instants.setSafe(row, (Long) value));
      case UuidVector ids -> fixed((value, row) -> ids.setSafe(row, (UUID) value));
      case VarCharVector texts ->
          (row, value) -> {
            byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
            texts.setSafe(row, bytes);
            return bytes.length;
          };
      case VarBinaryVector binaries ->
          (row, value) -> {
            byte[] bytes = (byte[]) value;
            binaries.setSafe(row, bytes);
            return bytes.length;
          };
      default -> throw new IllegalArgumentException("No column is a " + vector.getClass());
    };
  }

  private static Setter fixed(ObjIntConsumer<Object> put) {
    return (row, value) -> {
      put.accept(value, row);
      return 0;
    };
  }

  /// Puts the value of a row into the batch.
  ///
  /// @param index the row's place in the batch
  /// @return the length of its text or bytes
  int set(int index, @Nullable Object[] row) {
    Object value = cell.of(row);
    if (value == null) {
      vector.setNull(index);
      return 0;
    }
    return setter.set(index, value);
  }
}
