package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.OrderTerm;
import equerry.api.query.Predicate;
import equerry.api.query.QueryInput;
import equerry.api.query.ResultSpec;
import equerry.api.time.Timespan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireReaderTest {
  private static final DimensionUniverse UNIVERSE = Captured.universe(8);
  private static final WireReader READER = new WireReader(UNIVERSE, WireLimits.DEFAULT);
  private static final String EMPTY_QUERY =
      "{'tree':{'dimensions':['detector'],'predicate':{'operands':[%s]}},"
          + "'default_data_id':{'dataId':{},'records':{}},'additional_query_inputs':[%s]}";

  static List<String> requests() {
    return Captured.lines("requests.txt");
  }

  /// Every kind of request that the stock client was seen to send.
  @ParameterizedTest
  @MethodSource("requests")
  void readsWhatTheStockClientSends(String line) {
    int space = line.indexOf(' ');
    byte[] body = line.substring(space + 1).getBytes(StandardCharsets.UTF_8);
    assertThatCode(() -> read(line.substring(0, space), body)).doesNotThrowAnyException();
  }

  private static Object read(String endpoint, byte[] body) {
    return switch (endpoint) {
      case "find_dataset" -> READER.findDataset(body);
      case "get_file_by_data_id" -> READER.fileByDataId(body);
      case "expand_data_id" -> READER.expandDataId(body);
      case "datasets", "file_transfer" -> READER.datasetIds(body);
      case "query_dataset_types" -> READER.datasetTypes(body);
      case "query_collection_info" -> READER.collectionInfo(body);
      case "query_collections" -> READER.collectionNames(body);
      case "query/execute" -> READER.execute(body);
      case "query/count" -> READER.count(body);
      case "query/any" -> READER.any(body);
      case "query/explain" -> READER.explain(body);
      case "query/all_datasets" -> READER.allDatasets(body);
      default -> throw new IllegalArgumentException(endpoint);
    };
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] any(String operands, String inputs) {
    return json(
        "{'query':" + EMPTY_QUERY.formatted(operands, inputs) + ",'execute':true,'exact':false}");
  }

  @Test
  void readsALookup() {
    WireReader.FindDataset request =
        READER.findDataset(
            json(
                "{'dataset_type':'bias','data_id':{'instrument':'Cam1','detector':2,'x':null},"
                    + "'collections':['a','b'],'timespan':[5,7],'dimension_records':true,"
                    + "'unknown':{'field':1}}"));

    assertThat(request.expansion()).isEqualTo(Datasets.Expansion.RECORDS);
    assertThat(request.lookup())
        .isEqualTo(
            new DatasetLookup(
                "bias",
                Map.of("instrument", "Cam1", "detector", 2L),
                Map.of(),
                List.of("a", "b"),
                new Timespan(5, 7)));
  }

  @Test
  void aTimespanWithoutAnInstantIsTheEmptyOne() {
    DatasetLookup lookup =
        READER.fileByDataId(
            json("{'dataset_type':'b','data_id':{},'collections':[],'timespan':[9,3]}"));
    assertThat(lookup.timespan()).isEqualTo(Timespan.EMPTY);
  }

  @Test
  void readsNormalFormsOfConditions() {
    assertThat(READER.any(any("", "")).query().tree().predicate()).isEqualTo(Predicate.TRUE);
    assertThat(READER.any(any("[]", "")).query().tree().predicate()).isEqualTo(Predicate.FALSE);
    String isNull =
        "{'predicate_type':'is_null','operand':"
            + "{'expression_type':'dimension_field','element':'detector','field':'raft'}}";
    String not = "{'predicate_type':'not','operand':" + isNull + "}";
    assertThat(READER.any(any("[" + not + "]", "")).query().tree().predicate())
        .isInstanceOf(Predicate.Not.class);
    assertThat(READER.any(any("[" + not + "," + isNull + "],[" + isNull + "]", "")).query().tree())
        .extracting(tree -> ((Predicate.And) tree.predicate()).operands().getFirst())
        .isInstanceOf(Predicate.Or.class);
  }

  @Test
  void readsUploadsWithRequiredValuesOnly() {
    String upload =
        "{'type':'upload','key':'964fc2d3-0000-4000-8000-000000000001','dimensions':"
            + "['band','instrument','day_obs','physical_filter','visit'],'rows':[['ConfCam',10]]}";
    QueryInput input = READER.any(any("", upload)).query().inputs().getFirst();
    assertThat(((QueryInput.Upload) input).rows()).containsExactly(List.of("ConfCam", 10L));
  }

  @Test
  void readsDescendingOrder() {
    WireReader.Execute request =
        READER.execute(
            json(
                "{'query':"
                    + EMPTY_QUERY.formatted("", "")
                    + ",'result_spec':{'result_type':'data_coordinate','dimensions':['detector'],"
                    + "'limit':3,'order_by':[{'expression_type':'reversed','operand':"
                    + "{'expression_type':'dimension_key','dimension':'detector'}}]}}"));
    ResultSpec.Options options = request.spec().options();
    assertThat(options.limitIfAny()).hasValue(3);
    assertThat(options.orderBy().getFirst().direction()).isEqualTo(OrderTerm.Direction.DESCENDING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | not valid JSON",
        "`` | empty",
        "[] | body: expected an object",
        "{} | data_id: this field is required",
        "{'data_id':3} | data_id: expected an object, found 3",
        "{'data_id':{'a':[1]}} | data_id.a: expected a string or a number, found a list",
        "{'data_id':{'a':99999999999999999999}} | data_id.a: expected an integer of 64 bits",
        "{'data_id':{}} {} | not valid JSON",
      })
  void namesWhatIsWrongAndWhere(String body, String message) {
    assertThatThrownBy(() -> READER.expandDataId(json(body)))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining(message)
        .extracting("code")
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void refusesUnknownNamesWithTheirOwnError() {
    String comparison =
        "[{'predicate_type':'is_null','operand':{'expression_type':'dimension_field',"
            + "'element':'detector','field':'nosuch'}}]";
    assertThatThrownBy(() -> READER.any(any(comparison, "")))
        .hasMessageContaining("'nosuch'")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_QUERY);
    byte[] body =
        new String(any("", ""), StandardCharsets.UTF_8)
            .replace("\"detector\"", "\"planet\"")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> READER.any(body))
        .hasMessageContaining("'planet'")
        .extracting("code")
        .isEqualTo(ErrorCode.DIMENSION_NAME);
  }

  @Test
  void refusesDeepNesting() {
    byte[] body = json("{'data_id':" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    assertThatThrownBy(() -> READER.expandDataId(body))
        .hasMessageContaining("nested deeper than 500");
  }

  @Test
  void limitsUploadsAndIds() {
    WireReader strict = new WireReader(UNIVERSE, new WireLimits(100, 1000, 1, 1));
    String upload =
        "{'type':'upload','key':'964fc2d3-0000-4000-8000-000000000001','dimensions':['band'],"
            + "'rows':[['r'],['g']]}";
    assertThatThrownBy(() -> strict.any(any("", upload)))
        .hasMessage("Uploaded data coordinate rows exceed limit of 1")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_QUERY);
    String id = "'964fc2d3-0000-4000-8000-000000000001'";
    assertThatThrownBy(() -> strict.datasetIds(json("{'dataset_ids':[" + id + "," + id + "]}")))
        .isInstanceOf(ButlerException.LimitExceeded.class);
    assertThatThrownBy(
            () -> strict.expandDataId(json("{'data_id':{'a':'" + "x".repeat(2000) + "'}}")))
        .hasMessageContaining("more than 1000 characters");
  }
}
