package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What the stock client was seen to send must be written as it was sent.
class RequestWriterTest {
  private static final DimensionUniverse UNIVERSE = Captured.universe(8);
  private static final WireReader READER = new WireReader(UNIVERSE, WireLimits.DEFAULT);
  private static final RequestWriter WRITER = new RequestWriter(10_000);

  /// Endpoints of old clients, which this client does not ask.
  private static final String OLD = "query_collections ";

  static List<String> requests() {
    return Captured.lines("requests.txt").stream().filter(line -> !line.startsWith(OLD)).toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void writesWhatTheStockClientSends(String line) {
    int space = line.indexOf(' ');
    String body = line.substring(space + 1);
    byte[] written = write(line.substring(0, space), body.getBytes(StandardCharsets.UTF_8));
    assertThat(normal(Captured.tree(written))).isEqualTo(normal(Captured.tree(body)));
  }

  private static byte[] write(String endpoint, byte[] body) {
    return switch (endpoint) {
      case "find_dataset" -> {
        WireReader.FindDataset request = READER.findDataset(body);
        yield WRITER.findDataset(request.lookup(), request.expansion());
      }
      case "get_file_by_data_id" -> WRITER.fileByDataId(READER.fileByDataId(body));
      case "expand_data_id" -> WRITER.expandDataId(READER.expandDataId(body));
      case "datasets", "file_transfer" -> WRITER.datasetIds(READER.datasetIds(body));
      case "query_dataset_types" -> WRITER.datasetTypes(READER.datasetTypes(body));
      case "query_collection_info" -> WRITER.collectionInfo(READER.collectionInfo(body));
      case "query/execute" -> {
        WireReader.Execute request = READER.execute(body);
        yield WRITER.execute(request.query(), request.spec());
      }
      case "query/count" -> {
        WireReader.Count request = READER.count(body);
        yield WRITER.count(request.query(), request.spec(), request.counting());
      }
      case "query/any" -> {
        WireReader.Any request = READER.any(body);
        yield WRITER.any(request.query(), request.checking());
      }
      case "query/explain" -> WRITER.explain(READER.explain(body));
      case "query/all_datasets" -> WRITER.allDatasets(READER.allDatasets(body));
      default -> throw new IllegalArgumentException(endpoint);
    };
  }

  /// Objects with sorted names, sets with sorted items, without fields that say nothing and without
  /// the records of default data IDs, which no server needs.
  private static @Nullable Object normal(JsonNode node) {
    if (node.isObject()) {
      Map<String, @Nullable Object> map = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        Object value = normal(entry.getValue());
        boolean isSet = List.of("dataset_fields", "dimension_fields").contains(entry.getKey());
        map.put(entry.getKey(), isSet ? sorted(value) : value);
      }
      map.remove("dimension_records", "false");
      if (map.containsKey("dataId")) {
        map.remove("records");
      }
      map.values().removeIf(value -> value == null || value.equals(Map.of()));
      return map;
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(item -> list.add(normal(item)));
      return list;
    }
    return node.isNull() ? null : node.toString();
  }

  private static Object sorted(@Nullable Object fields) {
    Map<Object, Object> map = new TreeMap<>();
    ((Map<?, ?>) java.util.Objects.requireNonNull(fields))
        .forEach(
            (name, list) ->
                map.put(
                    name,
                    ((List<?>) list)
                        .stream().sorted(Comparator.comparing(String::valueOf)).toList()));
    return map;
  }

  @Test
  void refusesAConditionThatTheProtocolWouldBlowUp() {
    List<Predicate> alternatives = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      alternatives.add(new Predicate.And(List.of(detector(i), detector(i + 100))));
    }
    Predicate condition = new Predicate.Or(alternatives);
    QueryTree tree = QueryTree.of(UNIVERSE.group(List.of("detector")), condition);
    Query query = new Query(tree, DataId.empty(UNIVERSE), List.of());

    assertThatThrownBy(() -> WRITER.explain(query))
        .isInstanceOfSatisfying(
            ButlerException.LimitExceeded.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY))
        .hasMessageContaining("too large for the protocol")
        .hasMessageContaining("10000");
  }

  @Test
  void refusesNumbersThatJsonLacks() {
    Predicate condition =
        new Predicate.Comparison(
            new Expression.FloatLiteral(1.0),
            Predicate.Operator.LESS,
            new Expression.FloatLiteral(Double.NaN));
    Query query =
        new Query(
            QueryTree.of(UNIVERSE.emptyGroup(), condition), DataId.empty(UNIVERSE), List.of());

    assertThatThrownBy(() -> WRITER.explain(query))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("NaN");
  }

  private static Predicate detector(long number) {
    return new Predicate.Comparison(
        new Expression.DimensionKey(UNIVERSE.dimension("detector")),
        Predicate.Operator.NOT_EQUAL,
        new Expression.IntLiteral(number));
  }
}
