package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.time.Timespan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows decoded from pages of the stock server must be encoded as the same pages again.
class PageWriterTest {
  private static final DimensionUniverse UNIVERSE = Captured.universe(8);
  private static final List<String> ANSWERS = Captured.lines("answers.txt");

  record Rows(List<ResultColumn> columns, List<@Nullable Object[]> rows) implements ResultRows {
    @Override
    public Iterator<Object[]> iterator() {
      return rows.iterator();
    }

    @Override
    public void close() {}
  }

  static IntStream answers() {
    return IntStream.range(0, ANSWERS.size() / 2);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void writesThePagesOfTheStockServer(int number) throws IOException {
    JsonNode request =
        Captured.tree("{\"result_spec\":" + ANSWERS.get(2 * number) + "}").get("result_spec");
    JsonNode page = Captured.tree(ANSWERS.get(2 * number + 1));
    ResultSpec spec =
        new ResultSpecReader(UNIVERSE, new ExpressionReader(UNIVERSE))
            .read(WireValue.root(request));
    Rows rows = decode(spec, page);

    PageWriter pages = new WireWriter(UNIVERSE).pages(spec, rows);
    rows.rows().forEach(pages::add);

    assertThat(sent(pages)).endsWith("\n").isEqualToIgnoringNewLines(ANSWERS.get(2 * number + 1));
  }

  private static String sent(PageWriter pages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pages.sendTo(out);
    return out.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aPageIsFullAtItsRowLimit() throws IOException {
    ResultSpec spec =
        new ResultSpec.DataIds(
            UNIVERSE.group(List.of("instrument")), false, ResultSpec.Options.NONE);
    List<ResultColumn> columns = List.of(new ResultColumn.Key(UNIVERSE.dimension("instrument")));
    PageWriter pages = new WireWriter(UNIVERSE).pages(spec, new Rows(columns, List.of()));

    for (int i = 1; i < PageWriter.MAX_ROWS; i++) {
      assertThat(pages.add(new Object[] {"Cam1"})).isFalse();
    }
    assertThat(pages.add(new Object[] {"Cam1"})).isTrue();
    assertThat(Captured.tree(sent(pages)).get("rows").size()).isEqualTo(PageWriter.MAX_ROWS);
    assertThat(pages.isEmpty()).isTrue();
    assertThat(sent(pages)).isEmpty();
  }

  @Test
  void aPageIsFullAtItsByteLimit() {
    ResultSpec spec =
        new ResultSpec.DataIds(
            UNIVERSE.group(List.of("instrument")), false, ResultSpec.Options.NONE);
    List<ResultColumn> columns = List.of(new ResultColumn.Key(UNIVERSE.dimension("instrument")));
    PageWriter pages = new WireWriter(UNIVERSE).pages(spec, new Rows(columns, List.of()));

    assertThat(pages.add(new Object[] {"x".repeat(PageWriter.FULL_BYTES + 10_000)})).isTrue();
  }

  // ---- decoding of captured pages ----

  private static Rows decode(ResultSpec spec, JsonNode page) {
    Decoder decoder = new Decoder();
    return switch (spec) {
      case ResultSpec.DataIds ids -> decoder.dataIds(ids.dimensions(), ids.withRecords(), page);
      case ResultSpec.Records records -> decoder.records(records.element(), page);
      case ResultSpec.Refs refs -> decoder.refs(refs, page);
      case ResultSpec.General general -> decoder.general(general, page);
    };
  }

  private static final class Decoder {
    private final Map<JsonNode, DimensionRecord> shared = new HashMap<>();

    Rows dataIds(DimensionGroup group, boolean withRecords, JsonNode page) {
      List<ResultColumn> columns = new ArrayList<>(keys(group));
      List<DimensionElement> elements = withRecords ? group.elements() : List.of();
      elements.forEach(element -> columns.add(new ResultColumn.Record(element)));
      List<@Nullable Object[]> rows = new ArrayList<>();
      page.get("rows").forEach(row -> rows.add(dataId(group, elements, row).toArray()));
      return new Rows(columns, rows);
    }

    private List<@Nullable Object> dataId(
        DimensionGroup group, List<DimensionElement> elements, JsonNode dataId) {
      List<@Nullable Object> row = new ArrayList<>();
      group.keys().forEach(key -> row.add(scalar(dataId.get("dataId").get(key))));
      elements.forEach(
          element -> row.add(record(element, dataId.get("records").get(element.name()))));
      return row;
    }

    Rows records(DimensionElement element, JsonNode page) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      page.get("rows").forEach(row -> rows.add(new Object[] {record(element, row)}));
      return new Rows(List.of(new ResultColumn.Record(element)), rows);
    }

    Rows refs(ResultSpec.Refs spec, JsonNode page) {
      JsonNode first = page.get("rows").get(0).get("datasetType");
      DatasetType type =
          new DatasetType(
              spec.typeName(),
              spec.dimensions(),
              "Overridden",
              first.get("isCalibration").booleanValue());
      List<DimensionElement> elements =
          spec.withRecords() ? spec.dimensions().elements() : List.of();
      List<ResultColumn> columns = new ArrayList<>(keys(spec.dimensions()));
      columns.add(new ResultColumn.Dataset(type, DatasetColumn.DATASET_ID));
      columns.add(new ResultColumn.Dataset(type, DatasetColumn.RUN));
      elements.forEach(element -> columns.add(new ResultColumn.Record(element)));
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (JsonNode ref : page.get("rows")) {
        List<@Nullable Object> row = dataId(spec.dimensions(), elements, ref.get("dataId"));
        int at = spec.dimensions().keys().size();
        row.add(at, UUID.fromString(ref.get("id").stringValue()));
        row.add(at + 1, ref.get("run").stringValue());
        rows.add(row.toArray());
      }
      return new Rows(columns, rows);
    }

    Rows general(ResultSpec.General spec, JsonNode page) {
      List<ResultColumn> columns = new ArrayList<>(keys(spec.dimensions()));
      for (DimensionElement element : spec.dimensions().elements()) {
        boolean all = spec.withRecords() && !element.isCached();
        element.fields().stream()
            .filter(
                f ->
                    all
                        || spec.fields()
                            .getOrDefault(element.name(), java.util.Set.of())
                            .contains(f.name()))
            .forEach(field -> columns.add(new ResultColumn.Field(element, field)));
      }
      spec.datasetFields()
          .forEach(
              (name, fields) ->
                  fields.stream()
                      .sorted()
                      .forEach(
                          field ->
                              columns.add(
                                  new ResultColumn.Dataset(
                                      new DatasetType(name, spec.dimensions(), "x", false),
                                      field))));
      int values = columns.size();
      List<DimensionElement> cached =
          spec.withRecords()
              ? spec.dimensions().elements().stream().filter(DimensionElement::isCached).toList()
              : List.of();
      cached.forEach(element -> columns.add(new ResultColumn.Record(element)));
      List<@Nullable Object[]> rows = new ArrayList<>();
      List<List<DimensionRecord>> known =
          cached.stream()
              .map(
                  e ->
                      page.get("dimension_records")
                          .get(e.name())
                          .valueStream()
                          .map(r -> record(e, r))
                          .toList())
              .toList();
      int number = 0;
      for (JsonNode row : page.get("rows")) {
        @Nullable Object[] cells = new Object[columns.size()];
        for (int i = 0; i < values; i++) {
          cells[i] = value(type(columns.get(i)), row.get(i));
        }
        for (int i = 0; i < cached.size(); i++) {
          cells[values + i] = known.get(i).get(Math.min(number, known.get(i).size() - 1));
        }
        number++;
        rows.add(cells);
      }
      return new Rows(columns, rows);
    }

    private static ColumnType type(ResultColumn column) {
      return switch (column) {
        case ResultColumn.Key key -> key.dimension().primaryKey().type();
        case ResultColumn.Field field -> field.column().type();
        case ResultColumn.Dataset dataset -> dataset.column().type();
        case ResultColumn.Record _ -> throw new IllegalArgumentException("records have no type");
      };
    }

    private static Stream<Column> columns(DimensionElement element) {
      return element.recordColumns().stream();
    }

    private static List<ResultColumn> keys(DimensionGroup group) {
      return group.keys().stream()
          .<ResultColumn>map(key -> new ResultColumn.Key(UNIVERSE.dimension(key)))
          .toList();
    }

    private DimensionRecord record(DimensionElement element, JsonNode json) {
      return shared.computeIfAbsent(
          json,
          node -> {
            ObjectNode fields = (ObjectNode) node.get("record");
            return new DimensionRecord(
                element,
                columns(element)
                    .<@Nullable Object>map(c -> value(c.type(), fields.get(c.name())))
                    .collect(ArrayList::new, ArrayList::add, ArrayList::addAll));
          });
    }

    private static @Nullable Object value(ColumnType type, JsonNode node) {
      if (node.isNull()) {
        return null;
      }
      return switch (type) {
        case INT, DATETIME, INGEST_DATE -> node.longValue();
        case STRING -> node.stringValue();
        case FLOAT -> node.doubleValue();
        case BOOL -> node.booleanValue();
        case HASH, REGION -> HexFormat.of().parseHex(node.stringValue());
        case UUID -> UUID.fromString(node.stringValue());
        case TIMESPAN -> new Timespan(node.get(0).longValue(), node.get(1).longValue());
      };
    }

    private static Object scalar(JsonNode node) {
      return node.isNumber() ? (Object) node.longValue() : node.stringValue();
    }
  }
}
