package equerry.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KNOWN =
      List.of("LSSTCam", "LSSTComCam", "LATISS", "visit", "visit_system", "band", "id");

  @ParameterizedTest
  @CsvSource({
    "LSSTCm,LSSTCam", "lsstcam,LSSTCam", "LSSTCaM,LSSTCam", "LSSTConCam,LSSTComCam",
    "vsiit,visit", "visits,visit", "visit_sytsem,visit_system", "bnad,band"
  })
  void findsTheNearestName(String asked, String meant) {
    assertThat(DidYouMean.find(asked, KNOWN)).contains(meant);
    assertThat(DidYouMean.sentence(asked, KNOWN)).isEqualTo(" Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"exposure", "x", "HSC", "''"})
  void saysNothingWhenNoNameIsNear(String asked) {
    assertThat(DidYouMean.find(asked, KNOWN)).isEmpty();
    assertThat(DidYouMean.sentence(asked, KNOWN)).isEmpty();
  }

  @Test
  void doesNotLookAtEndlessNames() {
    assertThat(DidYouMean.find("a".repeat(1_000_000), KNOWN)).isEmpty();
    assertThat(DidYouMean.find("a", List.of("a".repeat(1_000_000)))).isEmpty();
  }
}
