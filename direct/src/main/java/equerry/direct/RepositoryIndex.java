package equerry.direct;

import equerry.api.error.ButlerException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Short names of repositories, as the environment gives them.
///
/// `DAF_BUTLER_REPOSITORY_INDEX` names a YAML or JSON file that maps labels to places,
/// `DAF_BUTLER_REPOSITORIES` holds such a text; only one of the two may be set. A label goes before a
/// folder of the same name. An index that cannot be used hinders nobody who gives a place.
public final class RepositoryIndex {
  private static final String FILE = "DAF_BUTLER_REPOSITORY_INDEX";
  private static final String TEXT = "DAF_BUTLER_REPOSITORIES";
  private final Map<String, String> places;
  private final @Nullable String fault;

  private RepositoryIndex(Map<String, String> places, @Nullable String fault) {
    this.places = places;
    this.fault = fault;
  }

  /// Reads the index that an environment names.
  public static RepositoryIndex of(Map<String, String> environment) {
    String file = environment.getOrDefault(FILE, "");
    String text = environment.getOrDefault(TEXT, "");
    try {
      if (!file.isEmpty() && !text.isEmpty()) {
        return broken("only one of " + FILE + " and " + TEXT + " may be set");
      }
      return file.isEmpty() && text.isEmpty()
          ? new RepositoryIndex(Map.of(), null)
          : parse(text.isEmpty() ? read(file, environment) : YamlText.mapping(text, TEXT));
    } catch (ButlerException unusable) {
      return broken(unusable.detail());
    } catch (IOException | InvalidPathException unreadable) {
      return broken("the file that " + FILE + " names cannot be read");
    }
  }

  private static Map<?, ?> read(String file, Map<String, String> environment) throws IOException {
    return RemoteConfiguration.isRemote(file)
        ? YamlText.mapping(RemoteConfiguration.read(file, environment), FILE)
        : YamlText.mapping(RepositoryConfig.file(file));
  }

  private static RepositoryIndex parse(Map<?, ?> entries) {
    Map<String, String> places = new TreeMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (!(entry.getKey() instanceof String label && entry.getValue() instanceof String place)) {
        return broken("it must map labels to places, and has '" + entry.getKey() + "'");
      }
      places.put(label, place);
    }
    return new RepositoryIndex(places, null);
  }

  private static RepositoryIndex broken(String fault) {
    return new RepositoryIndex(Map.of(), fault);
  }

  /// The place that a label stands for; what is no label stands for itself.
  public String resolve(String location) {
    return places.getOrDefault(location, location);
  }

  /// What to tell somebody whose repository was not found: the labels that would have been, or why
  /// there are none. Empty for what is a place and no label, and where no index is set up.
  public String hint(String location) {
    boolean place = location.matches(".*[/\\\\:.].*") || places.containsKey(location);
    if (place || places.isEmpty() && fault == null) {
      return "";
    }
    return fault == null
        ? " Known labels are: " + String.join(", ", places.keySet()) + "."
        : " The index of repositories cannot be used: " + fault.replaceFirst("\\.$", "") + ".";
  }
}
