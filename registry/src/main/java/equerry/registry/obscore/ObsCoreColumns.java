package equerry.registry.obscore;

import equerry.registry.schema.ColumnDefinition;
import equerry.registry.schema.ForeignKey.OnDelete;
import equerry.registry.schema.Index;
import equerry.registry.schema.StoredType;
import equerry.registry.schema.TableBuilder;
import equerry.registry.schema.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns of the table: those of ObsCore, those of a configuration, those of regions, and the
/// dataset that a row is of.
final class ObsCoreColumns {
  private static final String DATASET = ObsCoreTable.DATASET;

  private ObsCoreColumns() {}

  /// The table of a configuration.
  static TableDefinition table(ObsCoreConfig config) {
    TableBuilder table = new TableBuilder(config.tableName());
    of(config)
        .forEach(
            column -> {
              if (column.name().equals(DATASET)) {
                table.addKey(column);
              } else {
                table.add(column);
              }
            });
    indexes(config).forEach(table::index);
    return table.refer(DATASET, "dataset", "id", OnDelete.CASCADE).build();
  }

  /// All columns in order.
  static List<ColumnDefinition> of(ObsCoreConfig config) {
    Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
    standard().forEach(column -> columns.put(column.name(), column));
    extraColumns(config)
        .forEach(
            map ->
                map.forEach(
                    (name, extra) -> columns.computeIfAbsent(name, key -> column(key, extra))));
    SpatialColumns.of(config).stream()
        .flatMap(spatial -> spatial.columns().stream())
        .forEach(column -> columns.put(column.name(), column));
    columns.put(
        DATASET,
        ColumnDefinition.optional(DATASET, StoredType.UUID)
            .commented("The dataset of the registry."));
    return List.copyOf(columns.values());
  }

  /// The column of integers that holds the values of a dimension and nothing else; the last of
  /// several.
  static Optional<String> ofDimension(ObsCoreConfig config, String dimension) {
    Map<String, ExtraColumn> first = new LinkedHashMap<>();
    extraColumns(config).forEach(map -> map.forEach(first::putIfAbsent));
    standard().forEach(column -> first.remove(column.name()));
    return first.entrySet().stream()
        .filter(entry -> isFilledWith(entry.getValue(), dimension))
        .map(Map.Entry::getKey)
        .reduce((one, other) -> other);
  }

  private static boolean isFilledWith(ExtraColumn column, String dimension) {
    return column instanceof ExtraColumn.Template template
        && template.type() == ExtraColumn.Type.INT
        && template.template().soleField().equals(Optional.of(dimension));
  }

  /// The extra columns of the whole repository, then those of each dataset type.
  private static Stream<Map<String, ExtraColumn>> extraColumns(ObsCoreConfig config) {
    return Stream.concat(
        Stream.of(orEmpty(config.extraColumns())),
        config.datasetTypes().values().stream().map(product -> orEmpty(product.extraColumns())));
  }

  static Map<String, ExtraColumn> orEmpty(@Nullable Map<String, ExtraColumn> columns) {
    return columns == null ? Map.of() : columns;
  }

  private static ColumnDefinition column(String name, ExtraColumn column) {
    return switch (column) {
      case ExtraColumn.Constant constant ->
          ColumnDefinition.optional(
              name,
              switch (constant.value()) {
                case Long number -> StoredType.BIGINT;
                case Double number -> StoredType.FLOAT;
                case Boolean truth -> StoredType.BOOLEAN;
                default -> StoredType.TEXT;
              });
      case ExtraColumn.Template template -> {
        ColumnDefinition definition = ColumnDefinition.optional(name, type(template));
        yield template.doc() == null ? definition : definition.commented(template.doc());
      }
    };
  }

  private static StoredType type(ExtraColumn.Template template) {
    return switch (template.type()) {
      case BOOL -> StoredType.BOOLEAN;
      case INT -> StoredType.BIGINT;
      case FLOAT -> StoredType.FLOAT;
      case STRING ->
          template.length() == null ? StoredType.VARCHAR : StoredType.text(template.length());
    };
  }

  private static Set<Index> indexes(ObsCoreConfig config) {
    Set<Index> indexes = new LinkedHashSet<>();
    if (config.indices() != null) {
      config.indices().values().forEach(columns -> indexes.add(Index.on(columns.names())));
    }
    SpatialColumns.of(config).forEach(columns -> indexes.addAll(columns.indexes()));
    return indexes;
  }

  /// The columns of ObsCore 1.1, and the name of the filter, in the stock package's order.
  private static List<ColumnDefinition> standard() {
    List<ColumnDefinition> columns = new ArrayList<>();
    text(columns, "dataproduct_type", "Kind of data product, such as 'image'.");
    text(columns, "dataproduct_subtype", "Kind of data product in the terms of the archive.");
    text(columns, "facility_name", "Observatory or facility.");
    add(columns, "calib_level", StoredType.SMALLINT, "How far the data are calibrated, 0 to 4.");
    text(columns, "target_name", "What was observed.");
    text(columns, "obs_id", "Identifies the observation.");
    text(columns, "obs_collection", "Collection that the data belong to.");
    text(columns, "obs_publisher_did", "Identifies the dataset for its publisher.");
    text(columns, "access_url", "Where to get the data.");
    text(columns, "access_format", "Media type of the data.");
    real(columns, "s_resolution", "Spatial resolution, full width at half maximum (arcsec).");
    whole(columns, "s_xel1", "Pixels along the first axis of the sky.");
    whole(columns, "s_xel2", "Pixels along the second axis of the sky.");
    whole(columns, "t_xel", "Samples along the axis of time.");
    real(columns, "t_min", "Begin of the observation (MJD, UTC).");
    real(columns, "t_max", "End of the observation (MJD, UTC).");
    real(columns, "t_exptime", "Exposure time (seconds).");
    real(columns, "t_resolution", "Temporal resolution (seconds).");
    whole(columns, "em_xel", "Samples along the axis of wavelength.");
    real(columns, "em_min", "Shortest wavelength (meters).");
    real(columns, "em_max", "Longest wavelength (meters).");
    real(columns, "em_res_power", "Spectral resolving power.");
    text(columns, "em_filter_name", "Name of the band; no column of ObsCore.");
    text(columns, "o_ucd", "UCD of what was measured.");
    whole(columns, "pol_xel", "Samples of polarization.");
    text(columns, "instrument_name", "Instrument that observed.");
    return columns;
  }

  private static void text(List<ColumnDefinition> columns, String name, String comment) {
    add(columns, name, StoredType.TEXT, comment);
  }

  private static void real(List<ColumnDefinition> columns, String name, String comment) {
    add(columns, name, StoredType.FLOAT, comment);
  }

  private static void whole(List<ColumnDefinition> columns, String name, String comment) {
    add(columns, name, StoredType.INTEGER, comment);
  }

  private static void add(
      List<ColumnDefinition> columns, String name, StoredType type, String comment) {
    columns.add(ColumnDefinition.optional(name, type).commented(comment));
  }
}
