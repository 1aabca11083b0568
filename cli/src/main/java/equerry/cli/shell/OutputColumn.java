package equerry.cli.shell;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import java.util.List;

/// A column of a command's output.
///
/// @param title its head in tables
/// @param key its name in the other formats
/// @param type the type of its values; a list of texts may stand for a text
public record OutputColumn(String title, String key, ColumnType type) {
  public static OutputColumn text(String name) {
    return new OutputColumn(name, name, ColumnType.STRING);
  }

  public static OutputColumn text(String title, String key) {
    return new OutputColumn(title, key, ColumnType.STRING);
  }

  /// The keys of a data ID, required ones first.
  public static List<OutputColumn> keys(DimensionGroup group) {
    return group.keys().stream()
        .map(name -> new OutputColumn(name, name, key(group.universe().element(name))))
        .toList();
  }

  private static ColumnType key(DimensionElement dimension) {
    return dimension.primaryKey().type();
  }

  public static OutputColumn of(Column column) {
    String title = column.type() == ColumnType.TIMESPAN ? column.name() + " (TAI)" : column.name();
    return new OutputColumn(title, column.name(), column.type());
  }

  public boolean isNumber() {
    return type.isNumeric();
  }
}
