package equerry.server.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Puts the settings together: the command line goes before the configuration file, that before the
/// environment of the stock server (`DAF_BUTLER_SERVER_*`). All faults are found at once.
public final class SettingsReader {
  private static final String PREFIX = "DAF_BUTLER_SERVER_";
  private static final String REPOSITORIES = "repositories";
  private static final String GAFAELFAWR = "gafaelfawr_url";
  private static final String AUTHENTICATION = "authentication";
  private static final String STATIC_FILES = "static_files_path";
  private static final String SIGNING_KEYS = "signing_key_file";
  private static final String OUTSIDE_FILES = "servable_directories";
  private static final String DISABLED = "DISABLED";
  private static final int DEFAULT_PORT = 8080;
  private static final Set<String> STOCK =
      Set.of(REPOSITORIES, GAFAELFAWR, AUTHENTICATION, STATIC_FILES);
  private static final JsonMapper JSON = new JsonMapper();

  private final CommandLine line;
  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();
  private final SettingsSource file;
  private final SettingsSource variables;

  /// What came of reading.
  public sealed interface Outcome {
    /// Settings without a fault.
    record Usable(ServerSettings settings) implements Outcome {}

    /// What is wrong, one sentence each, and what could be read nevertheless: good for looking for
    /// more faults, not for a server.
    record Faulty(List<String> faults, ServerSettings readable) implements Outcome {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  private SettingsReader(CommandLine line, Map<String, String> environment) {
    this.line = line;
    this.environment = environment;
    this.file = new SettingsSource(fileValues(), "", faults);
    this.variables = new SettingsSource(variableValues(), PREFIX, faults);
  }

  /// Reads the settings.
  public static Outcome read(CommandLine line, Map<String, String> environment) {
    SettingsReader reader = new SettingsReader(line, environment);
    ServerSettings settings = reader.settings();
    return reader.faults.isEmpty()
        ? new Outcome.Usable(settings)
        : new Outcome.Faulty(reader.faults, settings);
  }

  private ServerSettings settings() {
    file.refuseOthers(fileNames());
    Optional<String> gafaelfawr = either(GAFAELFAWR).filter(text -> !text.equals(DISABLED));
    String host = line.host().or(() -> file.text("host")).orElse("127.0.0.1");
    Places places = new Places(faults);
    if (gafaelfawr.isEmpty()
        && line.anonymous() == CommandLine.Anonymous.THIS_MACHINE_ONLY
        && !isLoopback(host)) {
      faults.add(
          "The server would let everybody read without a login on "
              + host
              + ": set gafaelfawr_url, listen on 127.0.0.1, or say --allow-anonymous");
    }
    return new ServerSettings(
        host,
        line.port().or(() -> file.port("port")).orElse(DEFAULT_PORT),
        repositories(),
        gafaelfawr.flatMap(this::gafaelfawr),
        authentication(),
        either(STATIC_FILES).flatMap(text -> places.directory(STATIC_FILES, text)),
        line.opening(),
        LimitNames.read(file.map("limits"), faults),
        places.signingKeys(SIGNING_KEYS, line.signingKeys(), file.text(SIGNING_KEYS)),
        places.directories(OUTSIDE_FILES, line.outsideFiles(), file.texts(OUTSIDE_FILES)),
        environment);
  }

  /// The names that a configuration file may have at its top.
  static Set<String> fileNames() {
    return Set.of(
        "host",
        "port",
        REPOSITORIES,
        GAFAELFAWR,
        AUTHENTICATION,
        STATIC_FILES,
        "limits",
        SIGNING_KEYS,
        OUTSIDE_FILES);
  }

  private Optional<String> either(String name) {
    return file.text(name).or(() -> variables.text(name));
  }

  private List<RepositorySettings> repositories() {
    RepositoryEntries entries = new RepositoryEntries(faults);
    if (!line.repositories().isEmpty()) {
      return entries.fromArguments(line.repositories());
    }
    SettingsSource source = file.has(REPOSITORIES) ? file : variables;
    List<RepositorySettings> repositories =
        entries.fromMapping(source.named(REPOSITORIES), source.map(REPOSITORIES));
    if (repositories.isEmpty() && faults.isEmpty()) {
      faults.add(
          "There is no repository to serve: name one on the command line, in the configuration file"
              + " or in "
              + PREFIX
              + "REPOSITORIES");
    }
    return repositories;
  }

  private Optional<URI> gafaelfawr(String text) {
    try {
      URI uri = new URI(text);
      if (isWeb(uri)) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Told below, with what is no URL in another way.
    }
    faults.add(
        GAFAELFAWR + " must be an http or https URL without query, or DISABLED, not " + text);
    return Optional.empty();
  }

  private static boolean isWeb(URI uri) {
    return uri.getHost() != null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
  }

  private Authentication authentication() {
    Optional<String> name = either(AUTHENTICATION);
    Optional<Authentication> mode = name.flatMap(Authentication::find);
    if (name.isPresent() && mode.isEmpty()) {
      faults.add(
          AUTHENTICATION
              + " must be one of "
              + Stream.of(Authentication.values()).map(Authentication::wireName).toList()
              + ", not "
              + name.get());
    }
    return mode.orElse(Authentication.RUBIN_SCIENCE_PLATFORM);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  private Map<String, @Nullable Object> fileValues() {
    if (line.configFile().isEmpty()) {
      return Map.of();
    }
    Path path = line.configFile().get();
    try {
      return json(Files.readString(path), "The configuration file " + path);
    } catch (IOException e) {
      faults.add("The configuration file " + path + " cannot be read");
      return Map.of();
    }
  }

  private Map<String, @Nullable Object> variableValues() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    environment.forEach(
        (name, text) -> {
          if (name.startsWith(PREFIX)) {
            String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
            values.put(key, key.equals(REPOSITORIES) ? json(text, name) : text);
          }
        });
    new SettingsSource(values, PREFIX, faults).refuseOthers(STOCK);
    return values;
  }

  private Map<String, @Nullable Object> json(String text, String what) {
    try {
      Map<String, @Nullable Object> values = JSON.readValue(text, new TypeReference<>() {});
      return values == null ? Map.of() : values;
    } catch (JacksonException e) {
      faults.add(what + " is not a JSON object");
      return Map.of();
    }
  }
}
