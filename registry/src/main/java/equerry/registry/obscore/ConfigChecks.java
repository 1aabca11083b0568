package equerry.registry.obscore;

import equerry.registry.obscore.ObsCoreConfig.IndexColumns;
import equerry.registry.obscore.ObsCoreConfig.Membership;
import equerry.registry.obscore.ObsCoreConfig.SpatialPlugin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold between the parts of a configuration.
final class ConfigChecks {
  private final ObsCoreConfig config;
  private final List<String> faults = new ArrayList<>();

  private ConfigChecks(ObsCoreConfig config) {
    this.config = config;
  }

  /// What is wrong, in words.
  static List<String> faults(ObsCoreConfig config) {
    ConfigChecks checks = new ConfigChecks(config);
    checks.membership();
    checks.plugins();
    checks.lengths("extra_columns", config.extraColumns());
    config
        .datasetTypes()
        .forEach(
            (type, product) ->
                checks.lengths("dataset_types." + type + ".extra_columns", product.extraColumns()));
    if (checks.faults.isEmpty()) {
      checks.indices();
    }
    return checks.faults;
  }

  private void membership() {
    List<String> collections = config.collections();
    if (config.membership() == Membership.TAGGED) {
      if (collections == null || collections.size() != 1) {
        faults.add("collections must name one collection when collection_type is TAGGED");
      }
      return;
    }
    for (String pattern : collections == null ? List.<String>of() : collections) {
      try {
        PythonPattern.compile(pattern);
      } catch (IllegalArgumentException malformed) {
        faults.add("collections: the pattern '" + pattern + "' " + malformed.getMessage());
      }
    }
  }

  private void plugins() {
    config
        .spatialPlugins()
        .forEach(
            (name, plugin) -> {
              if (SpatialColumns.find(plugin).isEmpty()) {
                faults.add(
                    "spatial_plugins.%s.cls is '%s', which is not known; known are %s"
                        .formatted(name, plugin.className(), SpatialColumns.CLASS_NAMES));
              }
              checkOptions(name, plugin);
            });
  }

  private void checkOptions(String name, SpatialPlugin plugin) {
    plugin
        .options()
        .forEach(
            (option, value) -> {
              if (option.endsWith("_column") && !(value instanceof String)) {
                faults.add("spatial_plugins.%s.config.%s must be a text".formatted(name, option));
              }
            });
  }

  private void lengths(String place, @Nullable Map<String, ExtraColumn> columns) {
    if (columns == null) {
      return;
    }
    columns.forEach(
        (name, column) -> {
          if (column instanceof ExtraColumn.Template template
              && template.length() != null
              && template.type() != ExtraColumn.Type.STRING) {
            faults.add(place + "." + name + ".length is for strings only");
          }
        });
  }

  private void indices() {
    Map<String, IndexColumns> indices = config.indices();
    if (indices == null) {
      return;
    }
    Set<String> known = new HashSet<>();
    ObsCoreColumns.of(config).forEach(column -> known.add(column.name()));
    indices.forEach(
        (index, columns) -> {
          if (columns.names().isEmpty()) {
            faults.add("indices." + index + " names no column");
          }
          columns.names().stream()
              .filter(name -> !known.contains(name))
              .forEach(
                  name ->
                      faults.add(
                          "indices." + index + " names the column '" + name + "', which is none"));
        });
  }
}
