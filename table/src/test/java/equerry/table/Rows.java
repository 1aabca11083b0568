package equerry.table;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// General results with one column of each type, whose rows an iterator makes.
record Rows(Iterator<Object[]> iterator) implements ResultRows {
  private static final DimensionUniverse UNIVERSE =
      DimensionUniverse.of(
          Map.of(
              "version", 8,
              "skypix", Map.of("common", "htm7", "htm", Map.of("class", "H", "max_level", 7)),
              "elements",
                  Map.of(
                      "site",
                      Map.of(
                          "keys",
                          List.of(Map.of("name", "name", "type", "string")),
                          "governor",
                          true)),
              "topology", Map.of()));

  static final DimensionElement SITE = UNIVERSE.element("site");

  static final ResultSpec SPEC =
      new ResultSpec.General(
          UNIVERSE.group(List.of("site")),
          Map.of(),
          Map.of(),
          false,
          false,
          ResultSpec.Options.NONE);

  /// The types, in the order of the columns that follow the key.
  static final List<ColumnType> TYPES = List.of(ColumnType.values());

  static ResultTable table(Iterator<Object[]> rows) {
    return ResultTable.of(SPEC, new Rows(rows));
  }

  @Override
  public List<ResultColumn> columns() {
    return TYPES.stream()
        .<ResultColumn>map(
            type -> new ResultColumn.Field(SITE, new Column(type.label(), type, 0, true)))
        .toList();
  }

  @Override
  public void close() {}
}
