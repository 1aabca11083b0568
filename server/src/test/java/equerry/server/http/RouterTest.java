package equerry.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Route ONE = Route.get("/a/{name}", _ -> {});
  private static final Route TWO = Route.post("/a/b", _ -> {});
  private static final Route REST = Route.get("/files/{path…}", _ -> {});
  private final Router router = new Router(List.of(ONE, TWO, REST));

  @Test
  void segmentsAreDecodedAfterThePathWasSplit() {
    assertThat(RequestPath.of("/a/b%2Fc%20d+e").segments()).containsExactly("a", "b/c d+e");
    assertThat(RequestPath.of("/").segments()).containsExactly("");
  }

  @Test
  void methodsDecideBetweenRoutes() {
    assertThat(router.find("HEAD", RequestPath.of("/a/b"))).isEqualTo(ONE);
    assertThat(router.find("POST", RequestPath.of("/a/b"))).isEqualTo(TWO);
    assertThat(router.find("GET", RequestPath.of("/files/x/y/z"))).isEqualTo(REST);
    assertThatThrownBy(() -> router.find("DELETE", RequestPath.of("/a/b")))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(405);
              assertThat(problem.headers()).containsEntry("Allow", "GET, HEAD, POST");
            });
  }

  @Test
  void emptyNamesMatchNothing() {
    for (String path : new String[] {"/a/", "/files", "/files/", "/a/b/", "//a/b", "/"}) {
      assertThatThrownBy(() -> router.find("GET", RequestPath.of(path)))
          .as(path)
          .isInstanceOf(HttpProblem.class);
    }
  }
}
