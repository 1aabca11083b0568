package equerry.datastore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedPathsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_500_001L);
  private static final byte[] OLD =
      "an old key of 32 bytes or more ..".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final byte[] NEW =
      "a new key of 32 bytes or more ...".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final SignedTarget FILE =
      new SignedTarget.InStore("dp2", "0a1b2c3d", "u/é x/a+b%41.fits");
  private static final SignedTarget DIRECT = new SignedTarget.Direct("dp2", "/data/raw/x y.fits");

  private static SignedPaths paths(Instant now, byte[]... keys) {
    return new SignedPaths(
        SigningKeys.of(List.of(keys)), LinkLifetime.DEFAULT, Clock.fixed(now, ZoneOffset.UTC));
  }

  static List<SignedTarget> targets() {
    return List.of(
        FILE,
        DIRECT,
        new SignedTarget.InStore("a/b", "0a1b2c3d", "x"),
        new SignedTarget.InStore("é ?#", "0a1b2c3d", "in/at/x;y=1"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aPathLeadsToWhatItWasMadeFor(SignedTarget target) {
    String path = paths(NOW, NEW).pathFor(target);

    assertThat(path).startsWith(SignedPaths.PREFIX).matches("[A-Za-z0-9/._~%-]+");
    assertThat(paths(NOW, NEW).verify(path)).isEqualTo(target);
  }

  @Test
  void theFormIsAsDocumented() {
    assertThat(paths(NOW, NEW).pathFor(FILE))
        .matches(
            "/api/butler/files/1795503900\\.[A-Za-z0-9_-]{43}/dp2/in/0a1b2c3d/u/%C3%A9%20x/a%2Bb%2541\\.fits");
    assertThat(paths(NOW, NEW).pathFor(DIRECT))
        .matches("/api/butler/files/1795503900\\.[A-Za-z0-9_-]{43}/dp2/at/data/raw/x%20y\\.fits");
  }

  @Test
  void linksMadeWithinFiveMinutesAreTheSame() {
    assertThat(paths(NOW.plusSeconds(298), NEW).pathFor(FILE))
        .isEqualTo(paths(NOW, NEW).pathFor(FILE));
    assertThat(paths(NOW.plusSeconds(300), NEW).pathFor(FILE))
        .isNotEqualTo(paths(NOW, NEW).pathFor(FILE));
  }

  @Test
  void aProxyMayEncodeAnew() {
    String path =
        paths(NOW, NEW).pathFor(DIRECT).replace("x%20y", "%78%20%79").replace("dp2", "%64p2");

    assertThat(paths(NOW, NEW).verify(path)).isEqualTo(DIRECT);
  }

  @Test
  void aLinkEndsWithItsTime() {
    String path = paths(NOW, NEW).pathFor(FILE);

    assertThat(paths(Instant.ofEpochSecond(1_795_503_900L), NEW).verify(path)).isEqualTo(FILE);
    assertThatThrownBy(() -> paths(Instant.ofEpochSecond(1_795_503_901L), NEW).verify(path))
        .isInstanceOf(ButlerException.Denied.class)
        .hasMessageContaining("expired");
  }

  @Test
  void afterRotationOldLinksWorkUntilTheOldKeyIsDropped() {
    String old = paths(NOW, OLD).pathFor(FILE);
    String fresh = paths(NOW, NEW, OLD).pathFor(FILE);

    assertThat(paths(NOW, NEW, OLD).verify(old)).isEqualTo(FILE);
    assertThat(paths(NOW, NEW).verify(fresh)).isEqualTo(FILE);
    assertThatThrownBy(() -> paths(NOW, NEW).verify(old))
        .isInstanceOf(ButlerException.Denied.class);
  }

  static List<String> tampered() {
    String path = paths(NOW, NEW).pathFor(new SignedTarget.InStore("dp2", "0a1b2c3d", "a/b.fits"));
    char first = path.charAt(path.indexOf('.') + 1);
    return List.of(
        path.replace("/files/1795503900", "/files/1895503900"),
        path.replace("/files/1795503900", "/files/99999999999"),
        path.replace("/files/1795503900", "/files/01795503901"),
        path.replace("." + first, first == 'A' ? ".B" : ".A"),
        path.replace("/dp2/", "/dp1/"),
        path.replace("0a1b2c3d", "0a1b2c3e"),
        path.replace("b.fits", "c.fits"),
        path.replace("/a/b.fits", "/a/../a/b.fits"),
        path.replace("/a/b.fits", "/%2e%2e/a/b.fits"),
        path.replace("/a/b.fits", "//a/b.fits"),
        path.replace("/in/", "/at/"),
        path + "/",
        path + "%20");
  }

  @ParameterizedTest
  @MethodSource("tampered")
  void aChangedPathIsRefused(String path) {
    assertThatThrownBy(() -> paths(NOW, NEW).verify(path))
        .isInstanceOf(ButlerException.Denied.class)
        .hasMessageContaining("not made by this server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/api/butler/files/",
        "/api/butler/files/1.x/l/in/t/p",
        "/api/butler/files/AAA/l/in/t/p",
        "/api/butler/files/.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/p",
        "/api/butler/files/-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/p",
        "/api/butler/files/999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/p",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==/l/in/t/p",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/xx/t/p",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/p",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/a%00b",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/a%zz",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/l/in/t/a%C0%AEb",
        "/api/butler/files/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA//in/t/a",
        "/somewhere/else"
      })
  void whatIsNoLinkIsRefused(String path) {
    assertThatThrownBy(() -> paths(NOW, NEW).verify(path))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @Test
  void aVeryLongPathIsRefused() {
    String path = paths(NOW, NEW).pathFor(new SignedTarget.Direct("l", "/" + "x".repeat(20_000)));

    assertThatThrownBy(() -> paths(NOW, NEW).verify(path))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @Test
  void theLifetimeHasBounds() {
    assertThatThrownBy(() -> new LinkLifetime(Duration.ofDays(7), Duration.ofMinutes(1)))
        .isInstanceOf(ButlerException.Invalid.class);
    assertThatThrownBy(() -> new LinkLifetime(Duration.ZERO, Duration.ofMinutes(1)))
        .isInstanceOf(ButlerException.Invalid.class);
    assertThatThrownBy(() -> new LinkLifetime(Duration.ofHours(1), Duration.ofHours(2)))
        .isInstanceOf(ButlerException.Invalid.class);
  }
}
