package equerry.direct;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.DatabaseSource.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// User names and passwords of databases, as LSST's tools keep them.
///
/// The source is the JSON text in `LSST_DB_AUTH_CREDENTIALS`, else the file that `LSST_DB_AUTH`
/// names, else `~/.lsst/db-auth.yaml`: a list of entries with `url`, `username` and `password`, of
/// which the first that fits a database counts. Host, in any case, and database in an entry's URL may
/// be globs; a part that it leaves out fits any. A file that others may read is refused.
public final class DatabaseLogins {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final List<?> entries;

  private DatabaseLogins(List<?> entries) {
    this.entries = entries;
  }

  /// Reads the logins that an environment names; none if it names none.
  ///
  /// @throws ButlerException.Invalid (configuration) for a file that is unreadable, broken, or
  ///     readable by others
  public static DatabaseLogins of(Map<String, String> environment) {
    String json = environment.get("LSST_DB_AUTH_CREDENTIALS");
    if (json != null && !json.isBlank()) {
      return new DatabaseLogins(list(yaml(json)));
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    String named = environment.getOrDefault("LSST_DB_AUTH", home + "/.lsst/db-auth.yaml");
    Path file = Path.of(named.startsWith("~/") ? home + named.substring(1) : named);
    return Files.isRegularFile(file)
        ? new DatabaseLogins(read(file))
        : new DatabaseLogins(List.of());
  }

  private static List<?> read(Path file) {
    try {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (posix && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw invalid("can be read by others; run chmod 600 on it");
      }
      return list(yaml(Files.readString(file)));
    } catch (IOException unreadable) {
      throw invalid("cannot be read");
    }
  }

  private static @Nullable Object yaml(String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (YAMLException broken) {
      throw invalid("is not valid YAML");
    }
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw invalid("does not hold a list");
  }

  private static ButlerException invalid(String fact) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION, "The file of database logins (LSST_DB_AUTH) " + fact + ".");
  }

  /// The login for a database URL; none if no entry fits or the URL has a password.
  public Optional<Login> find(String databaseUrl) {
    if (!databaseUrl.startsWith("postgresql")) {
      return Optional.empty();
    }
    URI target = URI.create(databaseUrl.replaceFirst("^postgresql(\\+\\w+)?:", "postgresql:"));
    String info = target.getUserInfo();
    if (info != null && info.indexOf(':') >= 0) {
      return Optional.empty();
    }
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> map && map.get("url") instanceof String url) {
        Optional<Login> login = match(map, url, target, info);
        if (login.isPresent()) {
          return login;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Login> match(
      Map<?, ?> entry, String url, URI target, @Nullable String user) {
    EntryUrl pattern = EntryUrl.parse(url);
    String database = target.getPath() == null ? "" : target.getPath().replaceFirst("^/", "");
    String host =
        target.getHost() == null ? "localhost" : target.getHost().toLowerCase(Locale.ROOT);
    boolean fits =
        pattern.scheme().equals("postgresql")
            && glob(pattern.host(), host)
            && (pattern.port().isEmpty() || pattern.port().equals(String.valueOf(target.getPort())))
            && (pattern.database().isEmpty() || glob(pattern.database(), database))
            && (pattern.user().isEmpty() || pattern.user().equals(user));
    Object name = user == null ? entry.get("username") : user;
    return fits && name instanceof String login && entry.get("password") instanceof String password
        ? Optional.of(new Login(login, password))
        : Optional.empty();
  }

  private static boolean glob(String pattern, String value) {
    String regex =
        pattern
            .chars()
            .collect(StringBuilder::new, DatabaseLogins::appendGlob, StringBuilder::append)
            .toString();
    return value.matches(regex);
  }

  private static void appendGlob(StringBuilder regex, int c) {
    switch (c) {
      case '*' -> regex.append(".*");
      case '?' -> regex.append('.');
      default -> regex.append(Pattern.quote(Character.toString(c)));
    }
  }

  /// The parts of an entry's URL, empty where it leaves one out.
  private record EntryUrl(String scheme, String user, String host, String port, String database) {
    static EntryUrl parse(String url) {
      int start = url.indexOf("://");
      String scheme = start < 0 ? "" : url.substring(0, start);
      String rest = start < 0 ? url : url.substring(start + 3);
      int slash = rest.indexOf('/');
      String authority = slash < 0 ? rest : rest.substring(0, slash);
      String database = slash < 0 ? "" : rest.substring(slash + 1);
      int at = authority.lastIndexOf('@');
      String user = at < 0 ? "" : authority.substring(0, at);
      String hostPort = authority.substring(at + 1).toLowerCase(Locale.ROOT);
      int colon = hostPort.lastIndexOf(':');
      return colon < 0
          ? new EntryUrl(scheme, user, hostPort, "", database)
          : new EntryUrl(
              scheme, user, hostPort.substring(0, colon), hostPort.substring(colon + 1), database);
    }
  }
}
