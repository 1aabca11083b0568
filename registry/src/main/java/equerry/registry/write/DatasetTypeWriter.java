package equerry.registry.write;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypeEdits;
import equerry.api.dataset.Registration;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.UniverseConfig;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Constraint;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// [DatasetTypeEdits] on the tables.
final class DatasetTypeWriter implements DatasetTypeEdits {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private final WriteScope scope;
  private final GroupTables tables;

  DatasetTypeWriter(WriteScope scope) {
    this.scope = scope;
    this.tables = new GroupTables(scope);
  }

  @Override
  public Registration register(DatasetType type) {
    checkName(type);
    DimensionGroup dimensions = ours(type);
    return scope.call(
        () -> {
          Optional<TypeRow> known = find(type.name());
          if (known.isEmpty()) {
            if (insert(type, tables.ensure(dimensions, type.isCalibration()))) {
              return Registration.NEW;
            }
            known = find(type.name());
          }
          requireSame(known.orElseThrow(() -> removedMeanwhile(type.name())), type, dimensions);
          return Registration.KNOWN;
        });
  }

  private static void checkName(DatasetType type) {
    if (type.compositeStorageClass() != null || type.name().contains(".")) {
      throw invalidName(type.name(), "it is a component, which comes with the type of the whole");
    }
    if (!NAME.matcher(type.name()).matches()) {
      throw invalidName(
          type.name(), "a name has letters, digits and _ only, and does not start with a digit");
    }
  }

  private static ButlerException invalidName(String name, String reason) {
    return new ButlerException.Invalid(
        ErrorCode.INVALID_NAME,
        "Dataset type '" + name + "' cannot be registered: " + reason + ". Nothing was changed.");
  }

  /// The dimensions of a type in this repository's universe, which may be one of the same version
  /// that came from another repository.
  private DimensionGroup ours(DatasetType type) {
    DimensionUniverse theirs = type.dimensions().universe();
    UniverseConfig config = theirs.config();
    if (config.version() != scope.universe().config().version()
        || !config.namespace().equals(scope.universe().config().namespace())) {
      throw new ButlerException.Invalid(
          ErrorCode.DATASET_TYPE,
          "Dataset type '%s' has dimensions of %s, and this repository has %s. Nothing was changed."
              .formatted(type.name(), theirs, scope.universe()));
    }
    return scope.universe().group(type.dimensions().names());
  }

  private Optional<TypeRow> find(String name) throws SQLException {
    return Optional.ofNullable(scope.catalog().types(scope.session(), List.of(name)).get(name));
  }

  /// @return false when another writer has inserted one with this name
  private boolean insert(DatasetType type, GroupTables.Names names) throws SQLException {
    String text =
        "INSERT INTO dataset_type (id, name, storage_class, dimensions_key, tag_association_table,"
            + " calibration_association_table) VALUES (%s, ?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING RETURNING id";
    Sql insert =
        Sql.of(
            text.formatted(scope.session().dialect().nextNumber("dataset_type", "id")),
            type.name(),
            type.storageClass(),
            names.key(),
            names.tags(),
            names.calibs());
    boolean inserted = scope.session().first(insert, row -> row.integer(1)).isPresent();
    Milestone.DATASET_TYPE_INSERTED.passed();
    return inserted;
  }

  private static void requireSame(TypeRow known, DatasetType given, DimensionGroup dimensions) {
    DatasetType type = known.type();
    List<String> differences = new ArrayList<>();
    if (type.dimensions() != dimensions) {
      differences.add("the dimensions " + type.dimensions() + ", not " + dimensions);
    }
    if (!type.storageClass().equals(given.storageClass())) {
      differences.add(
          "the storage class '%s', not '%s'".formatted(type.storageClass(), given.storageClass()));
    }
    if (type.isCalibration() != given.isCalibration()) {
      differences.add(type.isCalibration() ? "validity ranges" : "no validity ranges");
    }
    if (!differences.isEmpty()) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "Dataset type '%s' is there with %s. Nothing was changed."
              .formatted(given.name(), String.join("; with ", differences)));
    }
  }

  private static ButlerException removedMeanwhile(String name) {
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        "Dataset type '"
            + name
            + "' was removed by another writer while it was registered. Nothing was changed; try"
            + " again.");
  }

  @Override
  public void remove(String name) {
    scope.call(
        () -> {
          Sql used =
              Sql.of(
                  "SELECT 1 FROM dataset d JOIN dataset_type t ON t.id = d.dataset_type_id"
                      + " WHERE t.name = ? LIMIT 1",
                  name);
          if (scope.session().first(used, row -> true).isPresent()) {
            throw orphaned(name, null);
          }
          return delete(name);
        });
  }

  private int delete(String name) throws SQLException {
    try {
      return scope.session().execute(Sql.of("DELETE FROM dataset_type WHERE name = ?", name));
    } catch (SQLException failure) {
      if (Constraint.broken(failure).isPresent()) {
        throw orphaned(name, failure);
      }
      throw failure;
    }
  }

  private static ButlerException orphaned(String name, @Nullable SQLException failure) {
    String message =
        "Dataset type '"
            + name
            + "' cannot be removed: there are datasets of it, which must be removed first. Nothing"
            + " was changed.";
    return failure == null
        ? new ButlerException.Conflict(ErrorCode.ORPHANED_RECORDS, message)
        : new ButlerException.Conflict(ErrorCode.ORPHANED_RECORDS, message, failure);
  }
}
