package equerry.server.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads which repositories are to be served.
final class RepositoryEntries {
  private static final String CONFIG_URI = "config_uri";
  private static final String GROUPS = "authorized_groups";

  private static final Pattern URI_FORM = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+)://.*");
  private static final List<String> SCHEMES = List.of("file", "http", "https", "s3", "gs");

  private final List<String> faults;

  RepositoryEntries(List<String> faults) {
    this.faults = faults;
  }

  /// `path`, `path/butler.yaml` or `label=path`; everybody may read them. Without a label the name
  /// of the repository's directory is it.
  List<RepositorySettings> fromArguments(List<String> arguments) {
    List<RepositorySettings> repositories = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      int slash = argument.indexOf('/');
      boolean labelled = equals > 0 && (slash < 0 || equals < slash);
      String location = labelled ? argument.substring(equals + 1) : argument;
      String label = labelled ? argument.substring(0, equals) : directoryName(location);
      if (location.isBlank() || label.isBlank()) {
        faults.add("'" + argument + "' names no repository: give a path or label=path");
      } else if (!labels.add(label)) {
        faults.add("Two repositories have the label '" + label + "'; give one another: label=path");
      } else if (isReachable(label, location)) {
        repositories.add(new RepositorySettings(label, location, Set.of("*")));
      }
    }
    return repositories;
  }

  private boolean isReachable(String where, String location) {
    Matcher uri = URI_FORM.matcher(location);
    boolean known = !uri.matches() || SCHEMES.contains(uri.group(1).toLowerCase(Locale.ROOT));
    if (!known) {
      faults.add(
          where
              + ": a repository is named by a path or by a URI of "
              + String.join(", ", SCHEMES)
              + ", not by "
              + location);
    }
    return known;
  }

  private static String directoryName(String location) {
    Path path = Path.of(location).toAbsolutePath().normalize();
    Path name = path.getFileName();
    if (name != null && name.toString().matches("(?i).*\\.(yaml|yml|json)")) {
      Path parent = path.getParent();
      name = parent == null ? null : parent.getFileName();
    }
    return name == null ? "" : name.toString();
  }

  /// The mapping of the stock server: label → `config_uri` and `authorized_groups`.
  List<RepositorySettings> fromMapping(String where, Map<String, @Nullable Object> mapping) {
    List<RepositorySettings> repositories = new ArrayList<>();
    mapping.forEach(
        (label, value) -> {
          String at = where + "." + label;
          if (value instanceof Map<?, ?> entry && !label.isBlank()) {
            SettingsSource source =
                new SettingsSource(SettingsSource.copy(entry), at + ".", faults);
            source.refuseOthers(Set.of(CONFIG_URI, GROUPS));
            if (!source.has(CONFIG_URI) || !source.has(GROUPS)) {
              faults.add(at + " needs " + CONFIG_URI + " and " + GROUPS);
            }
            List<String> groups = source.texts(GROUPS);
            source
                .text(CONFIG_URI)
                .filter(uri -> isReachable(at, uri))
                .ifPresent(
                    uri ->
                        repositories.add(new RepositorySettings(label, uri, Set.copyOf(groups))));
          } else {
            faults.add(at + " must be an object with " + CONFIG_URI + " and " + GROUPS);
          }
        });
    return repositories;
  }
}
