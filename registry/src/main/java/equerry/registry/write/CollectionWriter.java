package equerry.registry.write;

import equerry.api.collection.CollectionEdits;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.Registration;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.Scope;
import equerry.registry.db.Constraint;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [CollectionEdits] on the tables.
final class CollectionWriter implements CollectionEdits {
  private final WriteScope scope;
  private final ChainWriter chains;
  private final String key;

  CollectionWriter(WriteScope scope) {
    this.scope = scope;
    this.chains = new ChainWriter(scope);
    this.key = scope.variant().collectionKeys().primaryKey();
  }

  @Override
  public Registration register(String name, CollectionType type, @Nullable String doc) {
    CollectionNames.checkText(name, type);
    return scope.call(
        () -> {
          Optional<CollectionRow> known = find(name);
          if (known.isEmpty()) {
            CollectionNames.check(name, type);
            if (insert(name, type, doc)) {
              return Registration.NEW;
            }
            known = find(name);
          }
          requireType(known.orElseThrow(() -> removedMeanwhile(name)), type);
          return Registration.KNOWN;
        });
  }

  private Optional<CollectionRow> find(String name) throws SQLException {
    return scope
        .session()
        .first(
            Sql.of("SELECT " + key + ", type FROM collection WHERE name = ?", name),
            row ->
                new CollectionRow(
                    Objects.requireNonNull(row.keyOrNull(1)), name, type(name, row.integer(2))));
  }

  private static CollectionType type(String name, long number) {
    return CollectionType.find(number)
        .orElseThrow(
            () ->
                new ButlerException.Internal(
                    "Collection '" + name + "' has the unknown type " + number + ".", null));
  }

  /// Inserts a collection. Where another writer inserts one of the same name, the database waits for
  /// the end of that transaction.
  ///
  /// @return false when there is one with this name now
  private boolean insert(String name, CollectionType type, @Nullable String doc)
      throws SQLException {
    boolean numbered = scope.variant().collectionKeys() == CollectionKeys.INTEGER;
    String number = numbered ? scope.session().dialect().nextNumber("collection", key) + ", " : "";
    String text =
        "INSERT INTO collection (%sname, type, doc) VALUES (%s?, ?, ?) ON CONFLICT DO NOTHING RETURNING %s"
            .formatted(numbered ? key + ", " : "", number, key);
    Optional<Object> made =
        scope
            .session()
            .first(
                Sql.of(text, name, (long) type.number(), doc),
                row -> Objects.requireNonNull(row.keyOrNull(1)));
    Milestone.COLLECTION_INSERTED.passed();
    if (made.isPresent() && type == CollectionType.RUN) {
      scope.session().execute(Sql.of("INSERT INTO run (" + key + ") VALUES (?)", made.get()));
    }
    return made.isPresent();
  }

  private static void requireType(CollectionRow row, CollectionType type) {
    if (row.type() != type) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "Collection '%s' is there as %s and cannot be registered as %s. Nothing was changed."
              .formatted(row.name(), row.type(), type));
    }
  }

  private static ButlerException removedMeanwhile(String name) {
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        "Collection '"
            + name
            + "' was removed by another writer while it was registered. Nothing was changed; try"
            + " again.");
  }

  @Override
  public void document(String name, @Nullable String doc) {
    Sql update = Sql.of("UPDATE collection SET doc = ? WHERE name = ?", doc, name);
    if (scope.call(() -> scope.session().execute(update)) == 0) {
      throw Scope.missing(name);
    }
  }

  @Override
  public void remove(String name) {
    scope.call(
        () -> {
          CollectionRow row = find(name).orElseThrow(() -> Scope.missing(name));
          requireNoChain(row);
          requireNoFiles(row);
          return delete(row);
        });
  }

  private void requireNoChain(CollectionRow row) throws SQLException {
    String text =
        "SELECT c.name FROM collection_chain cc JOIN collection c ON c.%s = cc.parent"
            + " WHERE cc.child = ? ORDER BY c.name";
    List<String> chains =
        scope.session().list(Sql.of(text.formatted(key), row.key()), found -> found.text(1));
    if (!chains.isEmpty()) {
      throw orphaned(
          row,
          "it is in the chain%s '%s'; take it out first"
              .formatted(chains.size() == 1 ? "" : "s", String.join("', '", chains)),
          null);
    }
  }

  private void requireNoFiles(CollectionRow row) throws SQLException {
    String text =
        "SELECT 1 FROM dataset d JOIN dataset_location l ON l.dataset_id = d.id WHERE d.%s = ?"
            + " LIMIT 1";
    Sql stored = Sql.of(text.formatted(scope.variant().collectionKeys().runColumn()), row.key());
    if (row.type() == CollectionType.RUN
        && scope.session().first(stored, found -> true).isPresent()) {
      throw orphaned(
          row, "it has datasets with files; remove the run together with its files", null);
    }
  }

  private int delete(CollectionRow row) throws SQLException {
    try {
      return scope
          .session()
          .execute(Sql.of("DELETE FROM collection WHERE " + key + " = ?", row.key()));
    } catch (SQLException failure) {
      if (Constraint.broken(failure).isPresent()) {
        throw orphaned(row, "another writer has just put it in a chain or added files", failure);
      }
      throw failure;
    }
  }

  private static ButlerException orphaned(
      CollectionRow row, String reason, @Nullable SQLException failure) {
    String message =
        "Collection '%s' cannot be removed: %s. Nothing was changed.".formatted(row.name(), reason);
    return failure == null
        ? new ButlerException.Conflict(ErrorCode.ORPHANED_RECORDS, message)
        : new ButlerException.Conflict(ErrorCode.ORPHANED_RECORDS, message, failure);
  }

  @Override
  public void redefineChain(String chain, List<String> children) {
    scope.call(
        () -> {
          chains.redefine(chain, children);
          return chain;
        });
  }

  @Override
  public void prependToChain(String chain, List<String> children) {
    scope.call(
        () -> {
          chains.prepend(chain, children);
          return chain;
        });
  }

  @Override
  public void extendChain(String chain, List<String> children) {
    scope.call(
        () -> {
          chains.extend(chain, children);
          return chain;
        });
  }

  @Override
  public void removeFromChain(String chain, List<String> children) {
    scope.call(
        () -> {
          chains.remove(chain, children);
          return chain;
        });
  }
}
