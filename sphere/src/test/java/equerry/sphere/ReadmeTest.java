package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// What the README shows, and the limits that it names.
class ReadmeTest {
  @Test
  void exampleGivesWhatItSays() {
    Region visit = Circle.of(UnitVector3d.of(LonLat.ofDegrees(10.0, 20.0)), Math.toRadians(1.0));
    Region patch = Region.fromIvoaPos("POLYGON 9 19 11 19 11 21 9 21");
    assertThat(visit.overlaps(patch)).isEqualTo(Overlap.YES);
    assertThat(patch.relate(visit).contains()).isFalse();
    assertThat(Region.decode(visit.encode())).isEqualTo(visit);
    Pixelization htm = new HtmPixelization(7);
    UnitVector3d point = UnitVector3d.of(LonLat.ofDegrees(10.0, 20.0));
    assertThat(htm.index(point)).isEqualTo(257476);
    assertThat(htm.envelope(visit).contains(257476)).isTrue();
    assertThat(htm.name(240000)).isEqualTo("N22212000");
  }

  @Test
  void healpixLimitIsReached() {
    Region sky = Circle.full();
    assertThat(new HealpixPixelization(3).envelope(sky))
        .isEqualTo(new HealpixPixelization(3).universe());
    assertThatThrownBy(() -> new HealpixPixelization(17).envelope(sky))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask for a lower level");
    assertThatThrownBy(() -> new HealpixPixelization(5).envelope(sky, 4))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new HealpixPixelization(5).envelope(UnionRegion.of(sky)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void levelsAndIndexesAreChecked() {
    assertThatThrownBy(() -> new HtmPixelization(25)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Q3cPixelization(31)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HtmPixelization(7).pixel(7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HealpixPixelization(0).pixel(12))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HtmPixelization(7).envelope(Circle.full(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
