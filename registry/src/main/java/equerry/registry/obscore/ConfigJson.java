package equerry.registry.obscore;

import equerry.registry.obscore.ObsCoreConfig.IndexColumns;
import equerry.registry.obscore.ObsCoreConfig.SpatialPlugin;
import equerry.registry.obscore.ObsCoreConfig.SpectralRange;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes an [ObsCoreConfig] as pydantic's `model_dump_json` does: every key in the order of its
/// class, defaults filled in, no blanks, no escapes of what JSON does not need escaped.
final class ConfigJson {
  private final StringBuilder text = new StringBuilder();

  private ConfigJson() {}

  static String write(ObsCoreConfig config) {
    ConfigJson json = new ConfigJson();
    json.write(tree(config));
    return json.text.toString();
  }

  private static Map<String, @Nullable Object> tree(ObsCoreConfig config) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("collections", config.collections());
    tree.put("dataset_types", map(config.datasetTypes(), ConfigJson::tree));
    tree.put("obs_collection", config.obsCollection());
    tree.put("facility_name", config.facilityName());
    tree.put("facility_map", config.facilityMap());
    tree.put("extra_columns", map(config.extraColumns(), ConfigJson::tree));
    tree.put("indices", map(config.indices(), ConfigJson::tree));
    tree.put("spectral_ranges", map(config.spectralRanges(), ConfigJson::tree));
    tree.put("spatial_plugins", map(config.spatialPlugins(), ConfigJson::tree));
    tree.put("fallback_instrument", config.fallbackInstrument());
    tree.put("obs_publisher_did_fmt", source(config.obsPublisherDidFormat()));
    tree.put("namespace", config.namespace());
    tree.put("version", config.version());
    tree.put("table_name", config.tableName());
    tree.put("collection_type", config.membership().name());
    return tree;
  }

  private static Object tree(ProductConfig product) {
    ProductConfig.Pixels pixels = product.pixels();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("dataproduct_type", product.dataproductType());
    tree.put("dataproduct_subtype", product.dataproductSubtype());
    tree.put("calib_level", product.calibLevel());
    tree.put("o_ucd", product.ucd());
    tree.put("access_format", product.accessFormat());
    tree.put("obs_id_fmt", source(product.obsIdFormat()));
    tree.put("datalink_url_fmt", source(product.datalinkUrlFormat()));
    tree.put("obs_collection", product.obsCollection());
    tree.put("s_xel", pixels == null ? null : List.of(pixels.first(), pixels.second()));
    tree.put("extra_columns", map(product.extraColumns(), ConfigJson::tree));
    return tree;
  }

  private static Object tree(ExtraColumn column) {
    return switch (column) {
      case ExtraColumn.Constant constant -> constant.value();
      case ExtraColumn.Template template -> {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("template", template.template().source());
        tree.put("type", template.type().label());
        tree.put("length", template.length());
        tree.put("doc", template.doc());
        yield tree;
      }
    };
  }

  private static Object tree(IndexColumns columns) {
    return switch (columns) {
      case IndexColumns.One one -> one.name();
      case IndexColumns.Many many -> many.names();
    };
  }

  private static Object tree(SpectralRange range) {
    return Arrays.asList(range.min(), range.max());
  }

  private static Object tree(SpatialPlugin plugin) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("cls", plugin.className());
    tree.put("config", plugin.options());
    return tree;
  }

  private static <V> @Nullable Map<String, Object> map(
      @Nullable Map<String, V> values, Function<V, Object> part) {
    if (values == null) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    values.forEach((name, value) -> tree.put(name, part.apply(value)));
    return tree;
  }

  private static @Nullable String source(@Nullable FormatText format) {
    return format == null ? null : format.source();
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          string(String.valueOf(entry.getKey()));
          text.append(':');
          write(entry.getValue());
          separator = ',';
        }
        text.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        char separator = '[';
        for (Object element : list) {
          text.append(separator);
          write(element);
          separator = ',';
        }
        text.append(list.isEmpty() ? "[]" : "]");
      }
      case Double number -> text.append(number(number));
      case String string -> string(string);
      case null -> text.append("null");
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      default -> string(value.toString());
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\u00").append(Character.forDigit(c >> 4, 16));
            text.append(Character.forDigit(c & 0xF, 16));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /// The shortest digits that read back as the number: with an exponent from 1e16 on and below 1e-5,
  /// as pydantic writes them. What JSON has no number for is null.
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -5 && exponent < 16) {
      String plain = decimal.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }
}
