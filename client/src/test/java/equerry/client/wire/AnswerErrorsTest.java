package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerErrorsTest {
  private static ButlerException error(int status, String body) {
    return AnswerErrors.of(status, body.getBytes(StandardCharsets.UTF_8), "asked");
  }

  @ParameterizedTest
  @CsvSource({
    "calibration_lookup, Invalid",
    "data_id_value, Invalid",
    "dataset_not_found, NotFound",
    "dataset_type_expression, Invalid",
    "dimension_name, Invalid",
    "dimension_value, Invalid",
    "inconsistent_data_id, Invalid",
    "invalid_query, Invalid",
    "missing_collection, NotFound",
    "missing_dataset_type, NotFound",
    "unimplemented_query, Invalid",
    "unknown_component, Invalid"
  })
  void namesOfTheProtocolAreCodes(String type, String kind) {
    ButlerException error =
        error(422, "{\"error_type\":\"" + type + "\",\"detail\":\"The text.\"}");
    assertThat(error.code().wireName()).isEqualTo(type);
    assertThat(error.detail()).isEqualTo("The text.");
    assertThat(error.getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void anUnknownTypeKeepsItsNameAndText() {
    ButlerException error = error(422, "{\"error_type\":\"brand_new\",\"detail\":\"The text.\"}");
    assertThat(error).isInstanceOf(ButlerException.Invalid.class);
    assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN);
    assertThat(error.detail()).isEqualTo("brand_new: The text.");
    assertThat(error(422, "{\"error_type\":\"unknown\",\"detail\":\"The text.\"}").detail())
        .isEqualTo("The text.");
  }

  /// As the stock server sends the text of a `KeyError`.
  @Test
  void pythonsQuotesAreTakenOff() {
    ButlerException error =
        error(
            422,
            "{\"error_type\":\"missing_dataset_type\","
                + "\"detail\":\"\\\"Dataset type 'flat' does not exist.\\\"\"}");
    assertThat(error.detail()).isEqualTo("Dataset type 'flat' does not exist.");
  }

  @ParameterizedTest
  @CsvSource({
    "302, Unavailable, REPOSITORY_UNAVAILABLE",
    "400, Internal, INTERNAL",
    "401, Denied, ACCESS_DENIED",
    "403, Denied, ACCESS_DENIED",
    "404, NotFound, UNKNOWN_REPOSITORY",
    "413, LimitExceeded, LIMIT_EXCEEDED",
    "422, Invalid, MALFORMED",
    "429, Unavailable, REPOSITORY_UNAVAILABLE",
    "500, Internal, INTERNAL",
    "502, Unavailable, REPOSITORY_UNAVAILABLE",
    "503, Unavailable, REPOSITORY_UNAVAILABLE",
    "504, Unavailable, REPOSITORY_UNAVAILABLE"
  })
  void statusesAreKinds(int status, String kind, ErrorCode code) {
    for (String body : new String[] {"", "Internal Server Error", "{\"detail\":7}", "[]"}) {
      ButlerException error = error(status, body);
      assertThat(error.getClass().getSimpleName()).isEqualTo(kind);
      assertThat(error.code()).isEqualTo(code);
      assertThat(error.detail()).isEqualTo("asked: the server answered with status " + status);
    }
    assertThat(error(status, "{\"detail\":\"Why.\"}").detail()).endsWith(status + ": Why.");
  }

  /// The stock server's form for requests that it cannot read.
  @Test
  void faultsAreListed() {
    ButlerException error =
        error(
            422,
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\"],\"msg\":\"Field required\"},"
                + "{\"type\":\"x\",\"loc\":[],\"msg\":\"Another\"}]}");
    assertThat(error.detail()).endsWith("422: Field required; Another");
    assertThat(
            error(422, "{\"detail\":[{\"type\":\"limit_exceeded\",\"loc\":[],\"msg\":\"Many\"}]}"))
        .isInstanceOf(ButlerException.LimitExceeded.class);
  }
}
