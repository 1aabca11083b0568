package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.RecordTable;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.db.Database;
import equerry.registry.db.WriteSession;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.schema.SchemaVariant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the writers of one transaction work with.
///
/// @param session the transaction
/// @param committed what was there before it
/// @param catalog reads definitions, through the session
/// @param variant which columns the tables have
/// @param recordTables where the repository's datastores keep their records
/// @param obsCore the ObsCore table, if the repository has one
public record WriteScope(
    WriteSession session,
    Database committed,
    Catalog catalog,
    SchemaVariant variant,
    List<RecordTable> recordTables,
    Optional<ObsCoreTable> obsCore) {
  public WriteScope {
    recordTables = List.copyOf(recordTables);
  }

  DimensionUniverse universe() {
    return catalog.universe();
  }

  /// A condition that a column's value is among keys of collections, given as one list parameter.
  String inKeys(String column) {
    return catalog.inKeys(session, column);
  }

  /// The collection of a name, which must be of a type.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  /// @throws ButlerException.Invalid (collection_type)
  CollectionRow collection(String name, CollectionType type) throws SQLException {
    CollectionRow row = catalog.scope(session, List.of(name)).named(name);
    if (row.type() != type) {
      throw new ButlerException.Invalid(
          ErrorCode.COLLECTION_TYPE,
          "Collection '%s' is of type %s; this needs one of type %s. Nothing was changed."
              .formatted(name, row.type(), type));
    }
    return row;
  }

  /// Runs statements. A failure of the database goes up as [Failure], so that the transaction is
  /// taken back and, where that helps, tried again.
  <T extends @Nullable Object> T call(Statements<T> statements) {
    try {
      return statements.run();
    } catch (SQLException failure) {
      throw new Failure(failure);
    }
  }

  /// Reads what this transaction has written or, before it begins, the last commit.
  <T extends @Nullable Object> T look(Database.Work<T> reading) {
    return session.hasBegun() ? call(() -> reading.run(session)) : committed.read(reading);
  }

  /// As [#call], for statements that nothing comes of.
  void run(Action action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  /// Some statements.
  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }

  /// Some statements and what comes of them.
  @FunctionalInterface
  interface Statements<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /// Carries a failure of the database through work that declares none.
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException failure;

    Failure(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    public SQLException failure() {
      return failure;
    }
  }
}
