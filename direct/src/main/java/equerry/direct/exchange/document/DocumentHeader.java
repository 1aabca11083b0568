package equerry.direct.exchange.document;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.exchange.yaml.YamlLimits;
import equerry.direct.exchange.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a document says of itself.
///
/// @param universeVersion version of the dimension universe that its rows are of
/// @param universeNamespace whose universe that is
public record DocumentHeader(long universeVersion, String universeNamespace) {
  /// The version that is written. Documents with another first number, or a later second one, cannot
  /// be read.
  static final String VERSION = "1.0.2";

  static final String DATA = "data";
  private static final Set<String> KEYS =
      Set.of("version", "universe_version", "universe_namespace");
  private static final Pattern VERSION_FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.\\d{1,6}");

  /// Reads a header, wherever it stands.
  ///
  /// @throws ButlerException.Invalid (malformed, unsupported_document)
  public static DocumentHeader read(DocumentSource source) {
    Map<String, @Nullable Object> found = new HashMap<>();
    try (YamlReader yaml = new YamlReader(source.open(), source.name(), YamlLimits.DEFAULT)) {
      yaml.enterDocument();
      while (!found.keySet().containsAll(KEYS)) {
        String key = yaml.nextKey();
        if (key == null) {
          break;
        }
        if (KEYS.contains(key)) {
          found.put(key, yaml.value());
        } else {
          yaml.skip();
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return of(found, source.name());
  }

  private static DocumentHeader of(Map<String, @Nullable Object> found, String document) {
    checkVersion(found.get("version"), document);
    Object version = found.getOrDefault("universe_version", 0L);
    Object namespace = found.getOrDefault("universe_namespace", "daf_butler");
    if (!(version instanceof Long number) || !(namespace instanceof String name)) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED,
          "The document "
              + document
              + " has a universe_version that is no number, or a universe_namespace that is no"
              + " text.");
    }
    return new DocumentHeader(number, name);
  }

  private static void checkVersion(@Nullable Object version, String document) {
    if (version instanceof Long number && number == 0) {
      return;
    }
    Matcher form = VERSION_FORM.matcher(String.valueOf(version));
    if (!(version instanceof String) || !form.matches()) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED,
          "The document "
              + document
              + " has no version such as "
              + VERSION
              + ": it is no export of a butler repository.");
    }
    if (Integer.parseInt(form.group(1)) != 1 || Integer.parseInt(form.group(2)) != 0) {
      throw new ButlerException.Invalid(
          ErrorCode.UNSUPPORTED_DOCUMENT,
          "The document "
              + document
              + " has version "
              + version
              + "; versions 1.0.x can be read. Nothing was changed.");
    }
  }
}
