package equerry.registry.doctor;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionElement.Skypix;
import equerry.registry.db.Sql;
import equerry.registry.dimension.SkyPixels;
import equerry.registry.schema.RecordColumns;
import java.util.List;

/// Finds governors for which nobody has said that pixels of regions are kept.
final class OverlapProbes {
  private OverlapProbes() {}

  static List<Probe> summaries(KnownTables tables) {
    Skypix common = SkyPixels.common(tables.universe()).skypix().orElseThrow();
    return tables.spatial().stream().map(element -> summary(tables, element, common)).toList();
  }

  private static Probe summary(KnownTables tables, DimensionElement element, Skypix common) {
    String governor =
        element.required().stream()
            .filter(name -> tables.universe().element(name).isGovernor())
            .findFirst()
            .orElseThrow();
    String column = RecordColumns.quote(governor);
    String key = RecordColumns.quote(tables.universe().element(governor).primaryKey().name());
    String lacking =
        " FROM %1$s AS g WHERE NOT EXISTS (SELECT 1 FROM %2$s AS s WHERE s.skypix_system = ? AND s.skypix_level = ? AND s.%1$s = g.%3$s)"
            .formatted(column, KnownTables.summary(element), key);
    return new Probe(
        KnownTables.summary(element),
        List.of(governor),
        Sql.of("SELECT g." + key + lacking, common.system(), (long) common.level()),
        List.of(
            Sql.of(
                "INSERT INTO %s (skypix_system, skypix_level, %s) SELECT CAST(? AS TEXT), CAST(? AS SMALLINT), g.%s%s"
                        .formatted(KnownTables.summary(element), column, key, lacking)
                    + " ON CONFLICT DO NOTHING",
                common.system(),
                (long) common.level(),
                common.system(),
                (long) common.level())));
  }
}
