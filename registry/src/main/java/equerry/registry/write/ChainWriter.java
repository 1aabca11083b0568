package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.Scope;
import equerry.registry.catalog.Scope.Chains;
import equerry.registry.db.Constraint;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The members of chains and their order.
///
/// Positions are 16-bit numbers and those of the stock package: a new order counts from 0, what is
/// put first goes below the lowest, what is put last above the highest. When a chain comes to either
/// end of the numbers it is numbered anew.
///
/// Before a chain changes, its row and those of all chains below the new members are locked, in the
/// order of their keys. Whoever would close a cycle from the other side at the same time must lock
/// one of them, too, and then sees what the first one wrote.
final class ChainWriter {
  /// How many members a chain can have: the positions from 0 on.
  static final int MAX_MEMBERS = Short.MAX_VALUE + 1;

  private final WriteScope scope;
  private final CollectionKeys keys;

  ChainWriter(WriteScope scope) {
    this.scope = scope;
    this.keys = scope.variant().collectionKeys();
  }

  /// A chain that is locked.
  ///
  /// @param members the keys of the members that it has
  /// @param named the keys of the collections that are to be added or removed
  private record Chain(CollectionRow row, List<Object> members, Set<Object> named) {
    /// The members that stay where they are.
    List<Object> others() {
      return members.stream().filter(member -> !named.contains(member)).toList();
    }
  }

  void redefine(String name, List<String> children) throws SQLException {
    Chain chain = open(name, children);
    requireRoom(chain, chain.named().size());
    rewrite(chain, chain.named());
  }

  void prepend(String name, List<String> children) throws SQLException {
    Chain chain = open(name, children);
    requireRoom(chain, chain.others().size() + chain.named().size());
    delete(chain);
    long start = edge(chain, "min") - chain.named().size();
    if (start < Short.MIN_VALUE) {
      rewrite(chain, joined(chain.named(), chain.others()));
    } else {
      insert(chain, start, chain.named());
    }
  }

  void extend(String name, List<String> children) throws SQLException {
    Chain chain = open(name, children);
    requireRoom(chain, chain.others().size() + chain.named().size());
    delete(chain);
    long start = edge(chain, "max") + 1;
    if (start + chain.named().size() > Short.MAX_VALUE + 1) {
      rewrite(chain, joined(chain.others(), chain.named()));
    } else {
      insert(chain, start, chain.named());
    }
  }

  void remove(String name, List<String> children) throws SQLException {
    lock(name, List.of());
    delete(chain(read(name, children), name, children));
  }

  /// Locks a chain that is to have further members.
  private Chain open(String name, List<String> children) throws SQLException {
    Scope found = lock(name, children);
    Chain chain = chain(found, name, children);
    if (chainsBelow(found, children).contains(chain.row().key())) {
      throw new ButlerException.Invalid(
          ErrorCode.COLLECTION_CYCLE,
          "Chain '%s' cannot have the members '%s': it would be a member of itself. Nothing was changed."
              .formatted(name, String.join("', '", children)));
    }
    return chain;
  }

  private Chain chain(Scope found, String name, List<String> children) {
    CollectionRow row = found.named(name);
    if (row.type() != CollectionType.CHAINED) {
      throw new ButlerException.Invalid(
          ErrorCode.COLLECTION_TYPE,
          "Collection '%s' is of type %s and has no members; only a CHAINED one has."
              .formatted(name, row.type()));
    }
    Set<Object> named = new LinkedHashSet<>();
    found.named(children).forEach(child -> named.add(child.key()));
    return new Chain(row, found.children().getOrDefault(row.key(), List.of()), named);
  }

  private Scope read(String name, List<String> children) throws SQLException {
    return scope
        .catalog()
        .scope(scope.session(), Stream.concat(Stream.of(name), children.stream()).toList());
  }

  /// Locks a chain and the chains below its new members; what it returns was read after that.
  private Scope lock(String name, List<String> below) throws SQLException {
    Scope found = read(name, below);
    String rowLock = scope.session().dialect().rowLock();
    Set<Object> held = new HashSet<>();
    while (!rowLock.isEmpty() && held.addAll(due(found, name, below))) {
      String text =
          "SELECT %1$s FROM collection WHERE %2$s ORDER BY %1$s%3$s"
              .formatted(keys.primaryKey(), in(keys.primaryKey()), rowLock);
      scope.session().list(Sql.of(text, List.copyOf(held)), row -> true);
      found = read(name, below);
    }
    return found;
  }

  private static Set<Object> due(Scope found, String name, List<String> below) {
    Set<Object> due = chainsBelow(found, below);
    due.add(found.named(name).key());
    return due;
  }

  private static Set<Object> chainsBelow(Scope found, List<String> names) {
    Set<Object> done = new HashSet<>();
    Set<Object> chains = new HashSet<>();
    for (CollectionRow start : found.named(names)) {
      for (CollectionRow row : found.walk(start, done, Chains.LISTED)) {
        if (row.type() == CollectionType.CHAINED) {
          chains.add(row.key());
        }
      }
    }
    return chains;
  }

  private String in(String column) {
    return scope
        .session()
        .dialect()
        .inList(column, keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER);
  }

  /// The lowest (`min`) or highest (`max`) position of a chain, 0 for one without members.
  private long edge(Chain chain, String which) throws SQLException {
    String text =
        "SELECT coalesce(" + which + "(position), 0) FROM collection_chain WHERE parent = ?";
    return scope.session().first(Sql.of(text, chain.row().key()), row -> row.integer(1)).orElse(0L);
  }

  private void delete(Chain chain) throws SQLException {
    String text = "DELETE FROM collection_chain WHERE parent = ? AND " + in("child");
    scope.session().execute(Sql.of(text, chain.row().key(), List.copyOf(chain.named())));
    Milestone.CHAIN_MEMBERS_DELETED.passed();
  }

  private static void requireRoom(Chain chain, int members) {
    if (members > MAX_MEMBERS) {
      throw new ButlerException.LimitExceeded(
          "Chain '%s' would have %d members; a chain can have %d. Nothing was changed."
              .formatted(chain.row().name(), members, MAX_MEMBERS));
    }
  }

  private void rewrite(Chain chain, Collection<Object> members) throws SQLException {
    scope
        .session()
        .execute(Sql.of("DELETE FROM collection_chain WHERE parent = ?", chain.row().key()));
    Milestone.CHAIN_MEMBERS_DELETED.passed();
    insert(chain, 0, members);
  }

  private void insert(Chain chain, long start, Collection<Object> members) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    for (Object member : members) {
      rows.add(List.of(chain.row().key(), start + rows.size(), member));
    }
    try {
      scope
          .session()
          .batch("INSERT INTO collection_chain (parent, position, child) VALUES (?, ?, ?)", rows);
    } catch (SQLException failure) {
      if (Constraint.broken(failure).filter(Constraint.FOREIGN_KEY::equals).isPresent()) {
        throw new ButlerException.Conflict(
            ErrorCode.CONFLICT,
            "A member of chain '%s' was removed by another writer. Nothing was changed."
                .formatted(chain.row().name()),
            failure);
      }
      throw failure;
    }
  }

  private static List<Object> joined(Collection<Object> first, Collection<Object> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
