package equerry.registry.obscore;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.sphere.ConvexPolygon;
import equerry.sphere.Region;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Spatial columns hold what the stock package puts there (`interop/make_obscore_resources.py` asks
/// it). Of pgSphere's columns it is the text that is sent to the database, which has pgSphere on few
/// machines.
class SpatialColumnsTest {
  /// A region in base64 and its columns.
  record Recorded(String region, Map<String, Object> columns) {}

  static List<Recorded> recorded() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(SpatialColumnsTest.class.getResourceAsStream("regions.json"))) {
      return List.of(new JsonMapper().readValue(json.readAllBytes(), Recorded[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void valuesAreThoseOfTheStockPackage(Recorded recorded) {
    ConvexPolygon region = (ConvexPolygon) Region.decodeBase64(recorded.region());
    Map<String, Object> values = new TreeMap<>(new SpatialColumns.Standard().values(region));
    values.putAll(
        new SpatialColumns.PgSphere("pgsphere_region", "pgsphere_position").values(region));
    assertThat(values).isEqualTo(new TreeMap<>(recorded.columns()));
  }
}
