package equerry.registry.obscore;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.obscore.ObsCoreConfig.IndexColumns;
import equerry.registry.obscore.ObsCoreConfig.Membership;
import equerry.registry.obscore.ObsCoreConfig.SpatialPlugin;
import equerry.registry.obscore.ObsCoreConfig.SpectralRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes an [ObsCoreConfig] of the mapping that a file holds.
final class ConfigReader {
  private static final String DEFAULT_NAMESPACE = "daf_butler_obscore";
  private static final String DEFAULT_TABLE = "obscore";

  private ConfigReader() {}

  static ObsCoreConfig read(Map<?, ?> values) {
    List<String> faults = new ArrayList<>();
    ObsCoreConfig config = config(new ConfigSection("", values, faults));
    if (faults.isEmpty()) {
      faults.addAll(ConfigChecks.faults(config));
    }
    if (!faults.isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The ObsCore configuration cannot be used: " + String.join("; ", faults) + ".");
    }
    return config;
  }

  private static ObsCoreConfig config(ConfigSection root) {
    Map<String, ProductConfig> types = root.map("dataset_types", ConfigReader::product);
    if (types == null) {
      root.fault("dataset_types", "is missing");
    }
    return new ObsCoreConfig(
        root.textList("collections"),
        orEmpty(types),
        root.optionalText("obs_collection"),
        root.text("facility_name"),
        orEmpty(root.map("facility_map", ConfigSection.Entry::text)),
        root.map("extra_columns", ConfigReader::extraColumn),
        root.map("indices", ConfigReader::indexColumns),
        orEmpty(root.map("spectral_ranges", ConfigReader::spectralRange)),
        orEmpty(root.map("spatial_plugins", ConfigReader::spatialPlugin)),
        root.optionalText("fallback_instrument"),
        root.format("obs_publisher_did_fmt"),
        Objects.requireNonNullElse(root.optionalText("namespace"), DEFAULT_NAMESPACE),
        root.integer("version"),
        Objects.requireNonNullElse(root.optionalText("table_name"), DEFAULT_TABLE),
        root.choice("collection_type", Membership.values()));
  }

  private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : map;
  }

  private static ProductConfig product(ConfigSection.Entry entry) {
    ConfigSection section = entry.section();
    return new ProductConfig(
        section.text("dataproduct_type"),
        section.optionalText("dataproduct_subtype"),
        Math.toIntExact(section.integer("calib_level", Short.MIN_VALUE, Short.MAX_VALUE)),
        section.optionalText("o_ucd"),
        section.optionalText("access_format"),
        section.format("obs_id_fmt"),
        section.format("datalink_url_fmt"),
        section.optionalText("obs_collection"),
        pixels(section),
        section.map("extra_columns", ConfigReader::extraColumn));
  }

  private static ProductConfig.@Nullable Pixels pixels(ConfigSection section) {
    ConfigSection.Entry entry = section.entry("s_xel");
    if (entry.isAbsent()) {
      return null;
    }
    List<ConfigSection.Entry> pair = entry.pair();
    return new ProductConfig.Pixels(pixelCount(pair.getFirst()), pixelCount(pair.getLast()));
  }

  private static int pixelCount(ConfigSection.Entry entry) {
    return Math.toIntExact(entry.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private static ExtraColumn extraColumn(ConfigSection.Entry entry) {
    return switch (entry.value()) {
      case Map<?, ?> map -> template(entry.section());
      case Integer number -> new ExtraColumn.Constant(number.longValue());
      case Long number -> new ExtraColumn.Constant(number);
      case Double number -> new ExtraColumn.Constant(number);
      case Boolean truth -> new ExtraColumn.Constant(truth);
      case String text -> new ExtraColumn.Constant(text);
      case null, default -> {
        entry.fault("must be a number, a truth value, a text or a template");
        yield new ExtraColumn.Constant("");
      }
    };
  }

  private static ExtraColumn template(ConfigSection section) {
    FormatText template = section.format("template");
    if (template == null) {
      section.fault("template", "is missing");
    }
    ConfigSection.Entry type = section.entry("type");
    ConfigSection.Entry length = section.entry("length");
    return new ExtraColumn.Template(
        template == null ? FormatText.of("") : template,
        type.isAbsent() ? ExtraColumn.Type.STRING : type.choice(ExtraColumn.Type.values()),
        length.isAbsent()
            ? null
            : Math.toIntExact(length.integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        section.optionalText("doc"));
  }

  private static IndexColumns indexColumns(ConfigSection.Entry entry) {
    return entry.value() instanceof String name
        ? new IndexColumns.One(name)
        : new IndexColumns.Many(entry.list().stream().map(ConfigSection.Entry::text).toList());
  }

  private static SpectralRange spectralRange(ConfigSection.Entry entry) {
    List<ConfigSection.Entry> pair = entry.pair();
    return new SpectralRange(pair.getFirst().realOrNull(), pair.getLast().realOrNull());
  }

  private static SpatialPlugin spatialPlugin(ConfigSection.Entry entry) {
    ConfigSection section = entry.section();
    ConfigSection.Entry options = section.entry("config");
    return new SpatialPlugin(
        section.text("cls"), options.isAbsent() ? Map.of() : options.section().values());
  }
}
