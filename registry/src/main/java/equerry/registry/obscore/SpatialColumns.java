package equerry.registry.obscore;

import equerry.api.text.PythonNumber;
import equerry.registry.obscore.ObsCoreConfig.SpatialPlugin;
import equerry.registry.schema.ColumnDefinition;
import equerry.registry.schema.Index;
import equerry.registry.schema.StoredType;
import equerry.sphere.Circle;
import equerry.sphere.ConvexPolygon;
import equerry.sphere.LonLat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Columns that are filled from the region of a dataset.
sealed interface SpatialColumns {
  /// What configurations call the two kinds: the classes of the stock package.
  List<String> CLASS_NAMES =
      List.of(
          "lsst.daf.butler.registry.obscore.default_spatial.DefaultSpatialObsCorePlugin",
          "lsst.daf.butler.registry.obscore.pgsphere.PgSphereObsCorePlugin");

  List<ColumnDefinition> columns();

  List<Index> indexes();

  /// The values of the columns for a region, by name.
  Map<String, Object> values(ConvexPolygon region);

  /// The columns that a configuration asks for; the standard ones are always among them.
  static List<SpatialColumns> of(ObsCoreConfig config) {
    List<SpatialColumns> all = new ArrayList<>();
    config.spatialPlugins().values().forEach(plugin -> find(plugin).ifPresent(all::add));
    if (all.stream().noneMatch(Standard.class::isInstance)) {
      all.addFirst(new Standard());
    }
    return List.copyOf(all);
  }

  /// The columns of a plugin; empty for a class that is not known.
  static Optional<SpatialColumns> find(SpatialPlugin plugin) {
    return switch (CLASS_NAMES.indexOf(plugin.className())) {
      case 0 -> Optional.of(new Standard());
      case 1 ->
          Optional.of(
              new PgSphere(
                  option(plugin, "region_column", "pgsphere_region"),
                  option(plugin, "position_column", "pgsphere_position")));
      default -> Optional.empty();
    };
  }

  private static String option(SpatialPlugin plugin, String name, String otherwise) {
    return String.valueOf(plugin.options().getOrDefault(name, otherwise));
  }

  /// The columns of ObsCore itself: the bounding circle of the region, in degrees, and its outline
  /// as STC-S text.
  record Standard() implements SpatialColumns {
    private static final int OUTLINE_DIGITS = 6;

    @Override
    public List<ColumnDefinition> columns() {
      return List.of(
          ColumnDefinition.optional("s_ra", StoredType.FLOAT)
              .commented("Right ascension of the center (ICRS, degrees)."),
          ColumnDefinition.optional("s_dec", StoredType.FLOAT)
              .commented("Declination of the center (ICRS, degrees)."),
          ColumnDefinition.optional("s_fov", StoredType.FLOAT)
              .commented("Diameter of the circle around the region (degrees)."),
          ColumnDefinition.optional("s_region", StoredType.TEXT)
              .commented("Outline of the region (ICRS, STC-S)."));
    }

    @Override
    public List<Index> indexes() {
      return List.of();
    }

    @Override
    public Map<String, Object> values(ConvexPolygon region) {
      Circle circle = region.boundingCircle();
      LonLat center = LonLat.of(circle.center());
      StringBuilder outline = new StringBuilder("POLYGON ICRS");
      region
          .vertices()
          .forEach(
              vertex -> {
                LonLat corner = LonLat.of(vertex);
                outline.append(' ').append(digits(corner.lonDegrees()));
                outline.append(' ').append(digits(corner.latDegrees()));
              });
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("s_ra", center.lonDegrees());
      values.put("s_dec", center.latDegrees());
      values.put("s_fov", LonLat.toDegrees(circle.openingAngle()) * 2);
      values.put("s_region", outline.toString());
      return values;
    }

    /// As C's `%.6f`, which keeps the sign of what is rounded to zero.
    private static String digits(double degrees) {
      String text =
          new BigDecimal(Math.abs(degrees))
              .setScale(OUTLINE_DIGITS, RoundingMode.HALF_EVEN)
              .toPlainString();
      return Math.copySign(1, degrees) < 0 ? "-" + text : text;
    }
  }

  /// Columns of pgSphere's types, in radians, with indexes for cone searches; PostgreSQL only.
  record PgSphere(String regionColumn, String positionColumn) implements SpatialColumns {
    static final StoredType POLYGON = new StoredType("SPOLY", "SPOLY", 0);
    static final StoredType POINT = new StoredType("SPOINT", "SPOINT", 0);

    @Override
    public List<ColumnDefinition> columns() {
      return List.of(
          ColumnDefinition.optional(regionColumn, POLYGON)
              .commented("Outline of the region, for pgSphere."),
          ColumnDefinition.optional(positionColumn, POINT)
              .commented("Center of the circle around the region, for pgSphere."));
    }

    @Override
    public List<Index> indexes() {
      return List.of(
          new Index(List.of(regionColumn), Index.Method.GIST),
          new Index(List.of(positionColumn), Index.Method.GIST));
    }

    @Override
    public Map<String, Object> values(ConvexPolygon region) {
      List<String> corners =
          region.vertices().stream().map(vertex -> text(LonLat.of(vertex))).toList();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put(positionColumn, text(LonLat.of(region.boundingCircle().center())));
      values.put(regionColumn, "{" + String.join(",", corners) + "}");
      return values;
    }

    private static String text(LonLat point) {
      return "(" + PythonNumber.repr(point.lon()) + "," + PythonNumber.repr(point.lat()) + ")";
    }
  }
}
