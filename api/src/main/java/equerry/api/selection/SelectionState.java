package equerry.api.selection;

import equerry.api.Butler;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.Predicate;
import equerry.api.query.QueryInput;
import equerry.api.query.QueryTree;
import equerry.api.query.QueryTree.DatasetSearch;
import equerry.api.query.References;
import equerry.api.where.OrderBy;
import equerry.api.where.Where;
import equerry.api.where.WhereContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the steps of a [Selection] have said so far.
///
/// @param dimensions names of dimensions that were joined by themselves
/// @param searches collections by dataset type
/// @param inputs data IDs that are joined
/// @param conditions all of which rows must meet
/// @param order texts of the sort keys
/// @param limit how many rows at most, null for all
/// @param defaultsOrNull governor values, null for none
record SelectionState(
    Set<String> dimensions,
    Map<String, List<String>> searches,
    List<QueryInput> inputs,
    List<Selection.Condition> conditions,
    List<String> order,
    @Nullable Long limit,
    @Nullable DataId defaultsOrNull) {
  static final SelectionState EMPTY =
      new SelectionState(Set.of(), Map.of(), List.of(), List.of(), List.of(), null, null);

  SelectionState {
    dimensions = Set.copyOf(dimensions);
    searches = Collections.unmodifiableMap(new LinkedHashMap<>(searches));
    inputs = List.copyOf(inputs);
    conditions = List.copyOf(conditions);
    order = List.copyOf(order);
  }

  Optional<DataId> defaults() {
    return Optional.ofNullable(defaultsOrNull);
  }

  SelectionState withDimensions(List<String> names) {
    Set<String> all = new LinkedHashSet<>(dimensions);
    all.addAll(names);
    return new SelectionState(all, searches, inputs, conditions, order, limit, defaultsOrNull);
  }

  SelectionState withSearch(String type, List<String> collections) {
    Map<String, List<String>> all = new LinkedHashMap<>(searches);
    all.put(type, collections);
    return new SelectionState(dimensions, all, inputs, conditions, order, limit, defaultsOrNull);
  }

  SelectionState withInput(QueryInput input) {
    List<QueryInput> all = new ArrayList<>(inputs);
    all.add(input);
    return new SelectionState(dimensions, searches, all, conditions, order, limit, defaultsOrNull);
  }

  SelectionState withCondition(Selection.Condition condition) {
    List<Selection.Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new SelectionState(dimensions, searches, inputs, all, order, limit, defaultsOrNull);
  }

  SelectionState withOrder(List<String> texts) {
    return new SelectionState(
        dimensions, searches, inputs, conditions, texts, limit, defaultsOrNull);
  }

  SelectionState withLimit(long rows) {
    return new SelectionState(
        dimensions, searches, inputs, conditions, order, rows, defaultsOrNull);
  }

  SelectionState withDefaults(DataId governors) {
    return new SelectionState(dimensions, searches, inputs, conditions, order, limit, governors);
  }

  /// The names that a butler may not know.
  MeantNames names() {
    return new MeantNames(
        searches.keySet(), searches.values().stream().flatMap(List::stream).toList());
  }

  /// Looks up the dataset types.
  Joined join(Butler butler) {
    Map<String, DatasetType> types = new LinkedHashMap<>();
    searches.keySet().forEach(name -> types.put(name, butler.datasetTypes().load(name)));
    return new Joined(this, butler.universe(), types);
  }

  /// A state whose dataset types are known.
  record Joined(SelectionState state, DimensionUniverse universe, Map<String, DatasetType> types) {

    List<QueryInput> inputs() {
      return state.inputs;
    }

    DatasetType type(String name) {
      return Objects.requireNonNull(types.get(name));
    }

    /// The dimensions of everything that is joined and of all conditions.
    DimensionGroup mentioned() {
      DimensionGroup joined = joinedDimensions(universe.group(state.dimensions));
      return withDimensions(joined, predicate(new WhereContext(joined, types.keySet(), Map.of())));
    }

    private DimensionGroup withDimensions(DimensionGroup joined, Predicate predicate) {
      return joined.union(universe.group(References.dimensions(predicate)));
    }

    private DimensionGroup joinedDimensions(DimensionGroup start) {
      DimensionGroup all = start;
      for (DatasetType type : types.values()) {
        all = all.union(type.dimensions());
      }
      for (DimensionGroup group : uploads().values()) {
        all = all.union(group);
      }
      return all;
    }

    private Map<UUID, DimensionGroup> uploads() {
      Map<UUID, DimensionGroup> uploads = new LinkedHashMap<>();
      for (QueryInput input : state.inputs) {
        if (input instanceof QueryInput.Upload upload) {
          uploads.put(upload.key(), upload.dimensions());
        }
      }
      return uploads;
    }

    /// Reads the texts.
    ///
    /// @param result dimensions of the result
    /// @param orderable dataset types whose fields the result may be sorted by
    Selection.Bound bind(DimensionGroup result, Set<String> orderable) {
      DimensionGroup named = universe.group(state.dimensions).union(result);
      Predicate predicate = predicate(new WhereContext(named, types.keySet(), Map.of()));
      Map<String, DatasetSearch> datasets = new LinkedHashMap<>();
      state.searches.forEach(
          (name, collections) ->
              datasets.put(name, new DatasetSearch(collections, type(name).dimensions())));
      QueryTree tree =
          new QueryTree(
              withDimensions(joinedDimensions(named), predicate),
              datasets,
              uploads(),
              Map.of(),
              predicate,
              true);
      return new Selection.Bound(
          tree, OrderBy.parse(state.order, new WhereContext(result, orderable, Map.of())));
    }

    private Predicate predicate(WhereContext context) {
      Predicate all = Predicate.TRUE;
      for (Selection.Condition condition : state.conditions) {
        all =
            all.and(
                switch (condition) {
                  case Selection.Condition.Tree(Predicate predicate) -> predicate;
                  case Selection.Condition.Text(String text, Map<String, Object> binds) ->
                      Where.parse(text)
                          .bind(new WhereContext(context.dimensions(), context.datasets(), binds));
                });
      }
      return all;
    }
  }
}
