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
final class YamlText {
  /// How large a configuration file may be, in characters.
  private static final int MAX_CHARACTERS = 4_000_000;

  /// How deep included files may include others.
  private static final int MAX_INCLUDES = 10;

  private YamlText() {}

  /// The mapping that a file holds; an empty file holds an empty one.
  ///
  /// @throws ButlerException.Invalid (configuration) for broken YAML, or another kind of contents
  static Map<?, ?> mapping(Path file) throws IOException {
    Object value = value(file, 0);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw broken(file, "it does not hold a mapping");
  }

  /// What a file holds.
  static @Nullable Object value(Path file) throws IOException {
    return value(file, 0);
  }

  private static @Nullable Object value(Path file, int depth) throws IOException {
    if (depth > MAX_INCLUDES) {
      throw broken(file, "files include each other more than " + MAX_INCLUDES + " deep");
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(new Including(options, file, depth)).load(reader);
    } catch (YAMLException invalid) {
      throw broken(file, String.valueOf(invalid.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static ButlerException broken(Path file, String reason) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The file " + file.getFileName() + " is not a valid configuration: " + reason + ".");
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
