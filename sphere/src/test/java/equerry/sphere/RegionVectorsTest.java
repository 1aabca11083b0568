package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Regions against the golden vectors.
class RegionVectorsTest {
  @Test
  void bytesAreTheSameAfterDecodingAndEncoding() {
    for (JsonNode line : Vectors.of("region")) {
      Region region = Vectors.region(line, "hex");
      assertThat(Vectors.hex(region)).isEqualTo(line.get("hex").asString());
      assertThat(region.isEmpty()).as(region::toString).isEqualTo(line.get("empty").asBoolean());
    }
  }

  @Test
  void boundingShapesAreTheSame() {
    Closeness boxes = new Closeness(0.01, 2);
    Closeness circles = new Closeness(0.01, 2);
    for (JsonNode line : Vectors.of("region")) {
      Region region = Vectors.region(line, "hex");
      if (line.has("error")) {
        assertThatThrownBy(region::boundingCircle).isInstanceOf(DegenerateRegionException.class);
      } else {
        boxes.compare(line.get("box").asString(), Vectors.hex(region.boundingBox()));
        circles.compare(line.get("circle").asString(), Vectors.hex(region.boundingCircle()));
      }
    }
    boxes.check();
    circles.check();
  }

  @Test
  void relationsAndOverlapsAreTheSame() {
    for (JsonNode line : Vectors.of("pair")) {
      Region a = Vectors.region(line, "a");
      Region b = Vectors.region(line, "b");
      assertThat(List.of(a.relate(b).bits(), b.relate(a).bits()))
          .as(line::toString)
          .isEqualTo(List.of(line.get("relate").get(0).asInt(), line.get("relate").get(1).asInt()));
      assertThat(letter(a.overlaps(b)) + letter(b.overlaps(a)))
          .as(line::toString)
          .isEqualTo(line.get("overlaps").asString());
    }
  }

  @Test
  void pointsAreInTheSameRegions() {
    for (JsonNode line : Vectors.of("contains")) {
      Region region = Vectors.region(line, "hex");
      StringBuilder inside = new StringBuilder();
      for (JsonNode point : line.get("points")) {
        inside.append(region.contains(Vectors.vector(point)) ? 'Y' : 'N');
      }
      assertThat(inside).as(line::toString).hasToString(line.get("inside").asString());
    }
  }

  @Test
  void hullsHaveTheSameVerticesInTheSameOrder() {
    for (JsonNode line : Vectors.of("hull")) {
      List<UnitVector3d> points = new ArrayList<>();
      line.get("points").forEach(point -> points.add(Vectors.vector(point)));
      if (line.has("error")) {
        assertThatThrownBy(() -> ConvexPolygon.hullOf(points))
            .isInstanceOf(DegenerateRegionException.class)
            .hasMessage(line.get("error").asString());
      } else {
        assertThat(Vectors.hex(ConvexPolygon.hullOf(points))).isEqualTo(line.get("hex").asString());
      }
    }
  }

  @Test
  void shapesFromAnglesAreTheSame() {
    Closeness circles = new Closeness(0.01, 1);
    for (JsonNode line : Vectors.of("circle")) {
      double[] degrees = Vectors.doubles(line.get("degrees").asString());
      UnitVector3d center = UnitVector3d.of(LonLat.ofDegrees(degrees[0], degrees[1]));
      Circle circle = Circle.of(center, Radians.ofDegrees(degrees[2]));
      circles.compare(line.get("hex").asString(), Vectors.hex(circle));
    }
    circles.check();
    for (JsonNode line : Vectors.of("box")) {
      double[] degrees = Vectors.doubles(line.get("degrees").asString());
      Box box = Box.ofDegrees(degrees[0], degrees[1], degrees[2], degrees[3]);
      assertThat(Vectors.hex(box)).isEqualTo(line.get("hex").asString());
    }
    Closeness points = new Closeness(0.01, 1);
    for (JsonNode line : Vectors.of("lonlat")) {
      LonLat point = LonLat.of(Vectors.vector(line.get("vector")));
      double[] angles = Vectors.doubles(line.get("angles").asString());
      points.compare(
          Vectors.hex(Box.of(new LonLat(angles[0], angles[1]))), Vectors.hex(Box.of(point)));
    }
    points.check();
  }

  @Test
  void ellipsesAreTheSame() {
    Closeness ellipses = new Closeness(0.05, 1e10);
    for (JsonNode line : Vectors.of("ellipse3")) {
      double[] angles = Vectors.doubles(line.get("angles").asString());
      UnitVector3d focus = Vectors.vector(line.get("focus"));
      UnitVector3d center = Vectors.vector(line.get("center"));
      ellipses.compare(
          line.get("hex").asString(), Vectors.hex(Ellipse.ofFoci(center, focus, angles[0])));
    }
    for (JsonNode line : Vectors.of("ellipse4")) {
      double[] angles = Vectors.doubles(line.get("angles").asString());
      UnitVector3d center = Vectors.vector(line.get("center"));
      if (line.has("error")) {
        assertThatThrownBy(() -> Ellipse.of(center, angles[0], angles[1], angles[2]))
            .isInstanceOf(DegenerateRegionException.class)
            .hasMessage(line.get("error").asString());
      } else {
        ellipses.compare(
            line.get("hex").asString(),
            Vectors.hex(Ellipse.of(center, angles[0], angles[1], angles[2])));
      }
    }
    ellipses.check();
  }

  @Test
  void hostileBytesAreRefusedAsByTheOracle() {
    for (JsonNode line : Vectors.of("bytes")) {
      byte[] bytes = Vectors.bytes(line, "hex");
      if (line.has("error")) {
        assertThatThrownBy(() -> Region.decode(bytes))
            .as(line::toString)
            .isInstanceOf(RegionFormatException.class);
      } else {
        assertThat(Vectors.hex(Region.decode(bytes))).isEqualTo(line.get("decoded").asString());
      }
    }
  }

  @Test
  void base64TextsAreRead() {
    for (JsonNode line : Vectors.of("base64")) {
      Region region = Region.decodeBase64(line.get("text").asString());
      assertThat(Vectors.hex(region)).isEqualTo(line.get("hex").asString());
    }
    for (JsonNode line : Vectors.of("overlaps64")) {
      assertThat(letter(Region.overlapsBase64(line.get("text").asString())))
          .isEqualTo(line.get("overlaps").asString());
    }
  }

  @Test
  void positionsAreReadAndWritten() {
    Closeness regions = new Closeness(0.03, 1);
    for (JsonNode line : Vectors.of("pos")) {
      String text = line.get("text").asString();
      if (line.has("error")) {
        assertThatThrownBy(() -> Region.fromIvoaPos(text))
            .as(text)
            .isInstanceOf(IllegalArgumentException.class);
      } else {
        regions.compare(line.get("hex").asString(), Vectors.hex(Region.fromIvoaPos(text)));
      }
    }
    regions.check();
    int different = 0;
    for (JsonNode line : Vectors.of("to_pos")) {
      String text = Vectors.region(line, "hex").toIvoaPos();
      different += text.equals(line.get("text").asString()) ? 0 : 1;
    }
    assertThat(different).isLessThanOrEqualTo(2);
  }

  private static String letter(Overlap overlap) {
    return overlap.name().substring(0, 1);
  }
}
