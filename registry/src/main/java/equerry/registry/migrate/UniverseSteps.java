package equerry.registry.migrate;

import equerry.api.dimension.DimensionUniverse;
import equerry.registry.create.Universes;
import equerry.registry.db.Dialect;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.StaticTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps from each dimension universe of the stock package to the next.
///
/// They do what the migrations of `daf_butler_migrate` do, and the one to universe 8, which that has
/// not.
final class UniverseSteps {
  /// Types of exposures of which it is known whether they see the sky.
  private static final String SKY =
      "'science', 'object', 'standard', 'sky flat', 'standard_star', 'skyflat', 'focus',"
          + " 'focusing', 'exp', 'skyexp'";

  private static final String NO_SKY =
      "'dark', 'bias', 'agexp', 'domeflat', 'dome flat', 'zero', 'spot'";

  private final StoredTables tables;
  private final SchemaVariant variant;
  private final List<String> columnsOfInstruments;

  /// @param columnsOfInstruments the tables of PostgreSQL that have a column `instrument`
  UniverseSteps(StoredTables tables, SchemaVariant variant, List<String> columnsOfInstruments) {
    this.tables = tables;
    this.variant = variant;
    this.columnsOfInstruments = columnsOfInstruments;
  }

  /// The step that follows a version; empty where there is none that we can do.
  Optional<MigrationStep> after(int version) {
    return switch (version) {
      case 0 -> step(0, "The healpix pixelization is known.", List.of());
      case 2 -> step(2, "The observation_reason of visits and exposures may be longer.", reasons());
      case 3 -> step(3, "It is known which records come with visits.", List.of());
      case 4 -> step(4, "Names of instruments may have 32 characters.", instruments());
      case 6 -> step(6, "Exposures may say whether they see the sky.", sky());
      case 7 -> step(7, "There are dimensions for hypotheses on the Solar System.", hypotheses());
      default -> Optional.empty();
    };
  }

  /// Why no step follows a version.
  static Optional<String> obstacle(int version) {
    return switch (version) {
      case 1 ->
          Optional.of(
              "universe 1 to 2 is not offered: somebody must say how visits were grouped and whether"
                  + " exposures were simulated. Use the stock package's 'butler migrate' for it.");
      case 5 ->
          Optional.of(
              "universe 5 to 6 is not offered: when an observing day begins only the Python class of"
                  + " its instrument knows. Use the stock package's 'butler migrate' for it.");
      default -> Optional.empty();
    };
  }

  private Optional<MigrationStep> step(int from, String meaning, List<Change> changes) {
    List<Change> all = new ArrayList<>(changes);
    String json = Universes.json(from + 1).replace("'", "''");
    all.add(
        new Change.Statement(
            "UPDATE butler_attributes SET value = '"
                + json
                + "' WHERE name = 'config:dimensions.json'"));
    return Optional.of(new MigrationStep("universe " + from + " to " + (from + 1), meaning, all));
  }

  private List<Change> reasons() {
    List<Change> changes = new ArrayList<>();
    for (String table : List.of("visit", "exposure")) {
      if (tables.isPostgres()) {
        changes.add(
            new Change.Statement(
                "ALTER TABLE " + table + " ALTER COLUMN observation_reason TYPE TEXT"));
      } else {
        changes.addAll(
            tables.redeclare(
                table,
                text ->
                    text.replaceFirst(
                            "observation_reason\"? VARCHAR\\(32\\)", "observation_reason TEXT")
                        .replaceFirst(
                            ",\\s*CONSTRAINT \"?"
                                + table
                                + "_len_observation_reason\"? CHECK \\(length\\([^()]*\\)<=32 AND"
                                + " length\\([^()]*\\)>=1\\)",
                            "")));
      }
    }
    return changes;
  }

  private List<Change> instruments() {
    if (tables.isPostgres()) {
      List<Change> changes = new ArrayList<>();
      changes.add(
          new Change.Statement("ALTER TABLE instrument ALTER COLUMN name TYPE VARCHAR(32)"));
      for (String table : columnsOfInstruments) {
        changes.add(
            new Change.Statement(
                "ALTER TABLE \"" + table + "\" ALTER COLUMN instrument TYPE VARCHAR(32)"));
      }
      return changes;
    }
    List<Change> changes =
        new ArrayList<>(tables.redeclare("instrument", text -> longer(text, "name")));
    changes.addAll(tables.redeclare(text -> longer(text, "instrument")));
    return changes;
  }

  private static String longer(String text, String column) {
    return text.replaceFirst(
            "(?<=[\\s(\"])" + column + "(\"?) VARCHAR\\(16\\)", column + "$1 VARCHAR(32)")
        .replace("length(\"" + column + "\")<=16", "length(\"" + column + "\")<=32");
  }

  private List<Change> sky() {
    return List.of(
        new Change.Statement("ALTER TABLE exposure ADD COLUMN can_see_sky BOOLEAN"),
        new Change.Statement(seen("TRUE", SKY)),
        new Change.Statement(seen("FALSE", NO_SKY)));
  }

  private static String seen(String value, String types) {
    return "UPDATE exposure SET can_see_sky = "
        + value
        + " WHERE observation_type IN ("
        + types
        + ")";
  }

  private List<Change> hypotheses() {
    DimensionUniverse next = Universes.parse(Universes.json(8));
    Dialect dialect = tables.isPostgres() ? Dialect.postgres() : Dialect.sqlite();
    return StaticTables.of(next, variant).stream()
        .filter(table -> !tables.has(table.name()))
        .flatMap(table -> table.statements(dialect).stream())
        .<Change>map(Change.Statement::new)
        .toList();
  }
}
