package equerry.direct;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads YAML files without making objects of any classes.
///
/// `!include FILE` stands for the contents of another file beside the one that names it, as in the
/// stock package.
public final class YamlText {
  /// How large a configuration file may be.
  private static final int MAX_BYTES = 4_000_000;

  /// How deep included files may include others.
  private static final int MAX_INCLUDES = 10;

  private YamlText() {}

  /// The mapping that a file holds; an empty file holds an empty one.
  ///
  /// @throws ButlerException.Invalid (configuration) for broken YAML, or another kind of contents
  public static Map<?, ?> mapping(Path file) throws IOException {
    return mappingOf(value(file, 0), String.valueOf(file.getFileName()));
  }

  /// The mapping that a text holds, which cannot include files.
  ///
  /// @param name what messages call the text
  public static Map<?, ?> mapping(String text, String name) {
    try {
      return mappingOf(new Yaml(new SafeConstructor(options())).load(text), name);
    } catch (YAMLException invalid) {
      throw broken(name, reason(invalid));
    }
  }

  private static Map<?, ?> mappingOf(@Nullable Object value, String name) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw broken(name, "it does not hold a mapping");
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    return options;
  }

  private static String reason(YAMLException invalid) {
    return String.valueOf(invalid.getMessage()).lines().findFirst().orElse("");
  }

  private static @Nullable Object value(Path file, int depth) throws IOException {
    if (depth > MAX_INCLUDES) {
      throw broken(file, "files include each other more than " + MAX_INCLUDES + " deep");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw broken(file, "it is larger than " + MAX_BYTES + " bytes");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(new Including(options(), file, depth)).load(reader);
    } catch (YAMLException invalid) {
      throw broken(file, reason(invalid));
    }
  }

  private static ButlerException broken(Path file, String reason) {
    return broken(String.valueOf(file.getFileName()), reason);
  }

  private static ButlerException broken(String name, String reason) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The file " + name + " is not a valid configuration: " + reason + ".");
  }

  private static final class Including extends SafeConstructor {
    Including(LoaderOptions options, Path file, int depth) {
      super(options);
      this.yamlConstructors.put(
          new Tag("!include"),
          new AbstractConstruct() {
            @Override
            public @Nullable Object construct(Node node) {
              String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
              Path included = file.resolveSibling(name);
              try {
                return value(included, depth + 1);
              } catch (IOException unreadable) {
                throw broken(file, "the included file '" + name + "' cannot be read");
              }
            }
          });
    }
  }
}
