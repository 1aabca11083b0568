package equerry.client.wire;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Query;
import equerry.api.query.QueryInput;
import equerry.api.query.QueryTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads query trees and what is sent along with them.
final class QueryReader {
  private static final String DIMENSIONS = "dimensions";

  private final DimensionUniverse universe;
  private final WireLimits limits;
  private final PredicateReader predicates;

  QueryReader(DimensionUniverse universe, WireLimits limits, ExpressionReader expressions) {
    this.universe = universe;
    this.limits = limits;
    this.predicates = new PredicateReader(expressions, this);
  }

  Query query(WireValue query) {
    return new Query(
        tree(query.field("tree")),
        dataId(query.field("default_data_id")),
        query.field("additional_query_inputs").list(this::input));
  }

  QueryTree tree(WireValue tree) {
    if (tree.find("any_dataset").isPresent()) {
      throw anyDataset();
    }
    return new QueryTree(
        group(tree.field(DIMENSIONS)),
        tree.find("datasets").map(datasets -> datasets.map(this::search)).orElse(Map.of()),
        tree.find("data_coordinate_uploads").map(this::groupsByKey).orElse(Map.of()),
        tree.find("materializations").map(this::groupsByKey).orElse(Map.of()),
        predicates.read(tree.field("predicate")),
        tree.find("validateGovernorConstraints").map(WireValue::bool).orElse(true));
  }

  static ButlerException anyDataset() {
    return new ButlerException.Invalid(
        ErrorCode.UNIMPLEMENTED_QUERY,
        "Queries over datasets of any type at once are not implemented; name the dataset type.");
  }

  DimensionGroup group(WireValue names) {
    return universe.group(names.texts());
  }

  private QueryTree.DatasetSearch search(WireValue search) {
    return new QueryTree.DatasetSearch(
        search.field("collections").texts(), group(search.field(DIMENSIONS)));
  }

  private Map<UUID, DimensionGroup> groupsByKey(WireValue groups) {
    Map<UUID, DimensionGroup> byKey = new LinkedHashMap<>();
    groups
        .entries()
        .forEach(
            (key, names) ->
                byKey.put(
                    WireValue.findUuid(key).orElseThrow(() -> groups.unexpected("UUIDs as keys")),
                    group(names)));
    return byKey;
  }

  private QueryInput input(WireValue input) {
    WireValue type = input.field("type");
    return switch (type.text()) {
      case "upload" -> upload(input);
      case "materialized" ->
          new QueryInput.Materialized(
              input.field("key").uuid(),
              tree(input.field("tree")),
              group(input.field(DIMENSIONS)),
              Set.copyOf(input.field("datasets").texts()),
              input.flag("allow_duplicate_overlaps"));
      default -> throw type.unexpected("'upload' or 'materialized'");
    };
  }

  private QueryInput upload(WireValue input) {
    WireValue rows = input.field("rows");
    if (rows.size() > limits.uploadRows()) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "Uploaded data coordinate rows exceed limit of " + limits.uploadRows());
    }
    DimensionGroup group = group(input.field(DIMENSIONS));
    List<DimensionElement> columns = group.required().stream().map(universe::element).toList();
    return new QueryInput.Upload(
        input.field("key").uuid(), group, rows.list(row -> uploadRow(row, columns)));
  }

  /// Rows hold only the required values, though `dimensions` lists the implied ones as well.
  private static List<Object> uploadRow(WireValue row, List<DimensionElement> columns) {
    List<WireValue> items = row.items();
    if (items.size() != columns.size()) {
      throw row.unexpected("a row with a value for each of " + columns);
    }
    List<Object> values = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      values.add(key(columns.get(i), items.get(i)));
    }
    return values;
  }

  private DataId dataId(WireValue serialized) {
    Map<String, WireValue> given = serialized.field("dataId").entries();
    DimensionGroup group = universe.group(given.keySet());
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : group.required()) {
      WireValue value = given.get(name);
      if (value == null) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_NAME,
            "The default data ID has no value for dimension '" + name + "'.");
      }
      values.add(key(universe.element(name), value));
    }
    if (given.keySet().containsAll(group.implied())) {
      group.implied().forEach(name -> values.add(impliedKey(name, given.get(name))));
    }
    return DataId.of(group, values);
  }

  private @Nullable Object impliedKey(String name, @Nullable WireValue value) {
    return value == null || value.isNull() ? null : key(universe.element(name), value);
  }

  private static Object key(DimensionElement dimension, WireValue value) {
    return switch (dimension.primaryKey().type()) {
      case INT -> value.integer();
      default -> value.text();
    };
  }
}
