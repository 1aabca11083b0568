package equerry.direct.create;

import equerry.direct.RepositoryConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The configuration of a repository with the defaults of the stock package where it says nothing,
/// as the stock package's `config-dump` has it.
public final class EffectiveConfig {
  private final ConfigTree config;

  private EffectiveConfig(ConfigTree config) {
    this.config = config;
  }

  /// Joins the configuration of a repository and the defaults.
  public static EffectiveConfig of(RepositoryConfig repository) {
    ConfigTree own = new ConfigTree(repository.written());
    ConfigTree full = ConfigFile.defaults();
    Optional<Object> cls = own.find("datastore", "cls");
    if (cls.isPresent() && !cls.equals(full.find("datastore", "cls"))) {
      full.put(Map.of(), "datastore");
    }
    full.update(own);
    return new EffectiveConfig(full);
  }

  /// All values, nested as in the file.
  public Map<String, @Nullable Object> values() {
    return config.values();
  }

  /// The value at a place.
  ///
  /// @param place a key of the top, or several after a character that parts them: `.datastore.root`
  public Optional<Object> find(String place) {
    char first = place.isEmpty() ? 'x' : place.charAt(0);
    List<String> keys =
        Character.isLetterOrDigit(first)
            ? List.of(place)
            : new ArrayList<>(
                Arrays.asList(place.substring(1).split(Pattern.quote("" + first), -1)));
    return config.find(keys.toArray(String[]::new));
  }

  /// A mapping as YAML, in the order of its keys.
  public static String yaml(Map<?, ?> mapping) {
    return ConfigText.yaml(new ConfigTree(mapping));
  }
}
