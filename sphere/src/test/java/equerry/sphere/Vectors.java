package equerry.sphere;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The golden vectors that `sphere_vectors.py` made with lsst-sphgeom, by kind.
final class Vectors {
  private static final Map<String, List<JsonNode>> BY_KIND = read();

  private Vectors() {}

  static List<JsonNode> of(String kind) {
    return Objects.requireNonNull(BY_KIND.get(kind), kind);
  }

  private static Map<String, List<JsonNode>> read() {
    JsonMapper mapper = new JsonMapper();
    Map<String, List<JsonNode>> result = new HashMap<>();
    try (InputStream file = Vectors.class.getResourceAsStream("vectors.jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = mapper.readTree(line);
        result.computeIfAbsent(node.get("kind").asString(), _ -> new ArrayList<>()).add(node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  static byte[] bytes(JsonNode line, String field) {
    return HexFormat.of().parseHex(line.get(field).asString());
  }

  static Region region(JsonNode line, String field) {
    return Region.decode(bytes(line, field));
  }

  static String hex(Region region) {
    return HexFormat.of().formatHex(region.encode());
  }

  static double[] doubles(String hex) {
    ByteBuffer buffer =
        ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    double[] result = new double[buffer.remaining() / Double.BYTES];
    buffer.asDoubleBuffer().get(result);
    return result;
  }

  static UnitVector3d vector(JsonNode node) {
    double[] v = doubles(node.asString());
    return UnitVector3d.stored(v[0], v[1], v[2]);
  }
}
