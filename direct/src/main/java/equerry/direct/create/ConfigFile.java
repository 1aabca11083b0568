package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads configuration files that somebody gives for a new repository.
///
/// Beside `!include`, which stands for the contents of another file, a mapping may name files under
/// `includeConfigs`: theirs are its values too, unless it has its own. They lie in the current folder
/// or beside the file.
final class ConfigFile {
  private static final String INCLUDE = "includeConfigs";

  /// How deep files may name others.
  private static final int MAX_DEPTH = 10;

  private ConfigFile() {}

  /// @throws ButlerException.Invalid (configuration) for a file that is missing or broken
  static ConfigTree read(Path file) {
    return read(file, 0);
  }

  /// What the stock package's configuration has where a repository's has nothing.
  static ConfigTree defaults() {
    try (InputStream text = ConfigFile.class.getResourceAsStream("defaults.yaml")) {
      String yaml = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
      return new ConfigTree(YamlText.mapping(yaml, "defaults.yaml"));
    } catch (IOException unreadable) {
      throw new ButlerException.Internal("The default configuration cannot be read.", unreadable);
    }
  }

  private static ConfigTree read(Path file, int depth) {
    if (depth > MAX_DEPTH) {
      throw invalid(file, "names files that name others more than " + MAX_DEPTH + " deep");
    }
    if (!Files.isRegularFile(file)) {
      throw invalid(file, "does not exist or is no file");
    }
    try {
      ConfigTree tree = new ConfigTree(YamlText.mapping(file));
      return new ConfigTree(included(tree.values(), file, depth));
    } catch (IOException unreadable) {
      throw invalid(file, "cannot be read");
    }
  }

  private static Map<String, @Nullable Object> included(
      Map<String, @Nullable Object> mapping, Path file, int depth) {
    Object named = mapping.remove(INCLUDE);
    ConfigTree joined = new ConfigTree();
    List<?> names =
        named instanceof List<?> list ? list : named == null ? List.of() : List.of(named);
    names.forEach(name -> joined.update(read(find(String.valueOf(name), file), depth + 1)));
    mapping.replaceAll(
        (key, value) ->
            value instanceof Map<?, ?> map
                ? included(new ConfigTree(map).values(), file, depth)
                : value);
    joined.update(new ConfigTree(mapping));
    return joined.values();
  }

  private static Path find(String name, Path file) {
    Path here = Path.of(name);
    return Files.isRegularFile(here) ? here : file.toAbsolutePath().resolveSibling(name);
  }

  private static ButlerException invalid(Path file, String fact) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION, "The configuration file '" + file + "' " + fact + ".");
  }
}
