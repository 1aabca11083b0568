package equerry.registry.catalog;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes.Matches;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Selects dataset types by names and globs.
public final class TypeSelection {
  private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final Pattern VALID = Pattern.compile(NAME + "(?:\\." + NAME + ")*+");

  private TypeSelection() {}

  /// The dataset types that an expression selects: those that are named, then those that globs match.
  ///
  /// @throws ButlerException.Invalid (dataset_type_expression) for a component or a malformed name
  public static Matches search(Session session, Catalog catalog, List<String> expression)
      throws SQLException {
    List<String> named = new ArrayList<>();
    List<Predicate<String>> globs = new ArrayList<>();
    for (String item : expression) {
      if (Globs.isGlob(item)) {
        globs.add(Globs.matcher(item));
      } else {
        checkName(item);
        named.add(item);
      }
    }
    Map<String, TypeRow> known =
        globs.isEmpty() ? catalog.types(session, named) : catalog.types(session);
    Map<String, DatasetType> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : named) {
      TypeRow row = known.get(name);
      if (row == null) {
        missing.add(name);
      } else {
        found.put(name, row.type());
      }
    }
    for (TypeRow row : known.values()) {
      String name = row.type().name();
      if (globs.stream().anyMatch(glob -> glob.test(name))) {
        found.putIfAbsent(name, row.type());
      }
    }
    return new Matches(List.copyOf(found.values()), missing);
  }

  /// A name with a dot is that of a component, or none at all; others may just be missing.
  private static void checkName(String name) {
    if (name.indexOf('.') < 0) {
      return;
    }
    throw new ButlerException.Invalid(
        ErrorCode.DATASET_TYPE_EXPRESSION,
        VALID.matcher(name).matches()
            ? "Component dataset types are not supported in searches ('"
                + name
                + "'): search for the type before the dot."
            : "'" + name + "' does not look like a valid dataset type name.");
  }
}
