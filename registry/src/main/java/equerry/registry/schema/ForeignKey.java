package equerry.registry.schema;

import java.util.List;

/// A reference from columns of one table to a key of another.
///
/// @param columns the columns that refer
/// @param table the table they refer to
/// @param targets its columns, in the order of `columns`
/// @param onDelete what becomes of the row when the one it refers to is deleted
public record ForeignKey(
    List<String> columns, String table, List<String> targets, OnDelete onDelete) {

  /// What deleting the other row does.
  public enum OnDelete {
    /// It is refused.
    REFUSE,
    /// This row is deleted too.
    CASCADE
  }

  public ForeignKey {
    columns = List.copyOf(columns);
    targets = List.copyOf(targets);
  }

  static ForeignKey to(String table, String column, String target, OnDelete onDelete) {
    return new ForeignKey(List.of(column), table, List.of(target), onDelete);
  }
}
