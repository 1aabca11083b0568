package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// Which names a new collection can have.
///
/// The name of a run becomes part of paths, and stock datastores read paths as quoted URIs: after a
/// `#` or `?` comes no path any more, and `%20` is a blank. Files of such a run would be written to
/// places where nobody finds them, so it is refused.
final class CollectionNames {
  private static final String NOT_IN_PATHS = "#%?";
  private static final Set<String> STEPS = Set.of(".", "..");

  private CollectionNames() {}

  /// Checks that a database can be asked for a name.
  ///
  /// @throws ButlerException.Invalid (invalid_name)
  static void checkText(String name, CollectionType type) {
    if (name.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw invalid(name, type, "databases cannot keep one of its characters");
    }
  }

  /// Checks a name that nothing has yet.
  ///
  /// @throws ButlerException.Invalid (invalid_name)
  static void check(String name, CollectionType type) {
    if (name.isBlank()) {
      throw invalid(name, type, "it is blank");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid(name, type, "it has a control character");
    }
    if (type == CollectionType.RUN) {
      checkPath(name);
    }
  }

  private static void checkPath(String name) {
    for (char sign : NOT_IN_PATHS.toCharArray()) {
      if (name.indexOf(sign) >= 0) {
        throw invalid(name, CollectionType.RUN, "paths of files cannot have '" + sign + "'");
      }
    }
    if (name.startsWith("/") || Arrays.stream(name.split("/", -1)).anyMatch(STEPS::contains)) {
      throw invalid(
          name, CollectionType.RUN, "paths of files begin with it, which must stay in their root");
    }
  }

  private static ButlerException invalid(String name, CollectionType type, String reason) {
    StringBuilder shown = new StringBuilder();
    name.codePoints().forEach(sign -> shown.appendCodePoint(visible(sign)));
    return new ButlerException.Invalid(
        ErrorCode.INVALID_NAME,
        "A %s cannot be named '%s': %s. Nothing was changed; choose another name."
            .formatted(type == CollectionType.RUN ? "run" : "collection", shown, reason));
  }

  private static int visible(int sign) {
    return Character.isISOControl(sign) || Character.getType(sign) == Character.SURROGATE
        ? '\uFFFD'
        : sign;
  }
}
