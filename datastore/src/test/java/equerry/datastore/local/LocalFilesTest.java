package equerry.datastore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.datastore.DatastoreSection;
import equerry.datastore.Datastores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
  private Path root = Path.of("/unset");
  private Path outside = Path.of("/unset");
  private Datastores stores = new Datastores(List.of());

  @BeforeEach
  void makeStore(@TempDir Path directory) throws IOException {
    Path real = directory.toRealPath();
    root = Files.createDirectories(real.resolve("root"));
    outside = Files.createDirectories(real.resolve("root-outside"));
    Files.writeString(Files.createDirectories(root.resolve("run")).resolve("é a.fits"), "in");
    Files.writeString(outside.resolve("x.fits"), "out");
    stores = DatastoreSection.read(Map.of("root", root.toString()), "/unused", Map.of());
  }

  private Path resolve(OutsideFiles allowed, String relative) {
    String tag = stores.files().getFirst().tag();
    return new LocalFiles(allowed)
        .resolve(stores, new SignedTarget.InStore("label", tag, relative));
  }

  private Path direct(OutsideFiles allowed, Path path) {
    return new LocalFiles(allowed)
        .resolve(stores, new SignedTarget.Direct("label", path.toString()));
  }

  @Test
  void findsAFileBelowTheRoot() {
    assertThat(resolve(OutsideFiles.none(), "run/é a.fits"))
        .isEqualTo(root.resolve("run/é a.fits"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../root-outside/x.fits",
        "run/../../root-outside/x.fits",
        "..",
        ".",
        "run/..",
        "/etc/hostname"
      })
  void evenASignedPathCannotLeaveTheRoot(String relative) {
    assertThatThrownBy(() -> resolve(OutsideFiles.anywhere(), relative))
        .isInstanceOf(ButlerException.Denied.class);
  }

  @Test
  void whatIsNoFileIsNotThere() throws IOException {
    Files.createSymbolicLink(root.resolve("broken"), root.resolve("nowhere"));

    for (String relative : List.of("run", "none", "run/none", "broken")) {
      assertThatThrownBy(() -> resolve(OutsideFiles.none(), relative))
          .isInstanceOf(ButlerException.NotFound.class);
    }
    assertThatThrownBy(
            () ->
                new LocalFiles(OutsideFiles.none())
                    .resolve(stores, new SignedTarget.InStore("label", "00000000", "run/é a.fits")))
        .isInstanceOf(ButlerException.NotFound.class);
    assertThatThrownBy(() -> resolve(OutsideFiles.none(), "run/é a.fits/x"))
        .isInstanceOf(ButlerException.Unavailable.class);
    assertThatThrownBy(() -> resolve(OutsideFiles.none(), "x".repeat(300)))
        .isInstanceOf(ButlerException.Unavailable.class);
    assertThatThrownBy(() -> resolve(OutsideFiles.none(), "a\0b"))
        .isInstanceOf(ButlerException.Unavailable.class);
  }

  @Test
  void aLinkInsideTheRootIsFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("link.fits"), root.resolve("run/é a.fits"));

    assertThat(resolve(OutsideFiles.none(), "link.fits")).isEqualTo(root.resolve("run/é a.fits"));
  }

  @Test
  void aLinkOutOfTheRootIsFollowedOnlyWhereAllowed() throws IOException {
    Files.createSymbolicLink(root.resolve("out.fits"), outside.resolve("x.fits"));
    Files.createSymbolicLink(root.resolve("dir"), outside);

    for (String relative : List.of("out.fits", "dir/x.fits")) {
      assertThatThrownBy(() -> resolve(OutsideFiles.none(), relative))
          .isInstanceOf(ButlerException.Denied.class)
          .hasMessageNotContaining(outside.toString());
      assertThatThrownBy(() -> resolve(OutsideFiles.under(List.of(root.resolve("run"))), relative))
          .isInstanceOf(ButlerException.Denied.class);
      assertThat(resolve(OutsideFiles.under(List.of(outside)), relative))
          .isEqualTo(outside.resolve("x.fits"));
      assertThat(resolve(OutsideFiles.anywhere(), relative)).isEqualTo(outside.resolve("x.fits"));
    }
  }

  @Test
  void aRootThatIsALinkItselfIsFine() throws IOException {
    Path link = Files.createSymbolicLink(outside.resolve("repo"), root);
    stores = DatastoreSection.read(Map.of("root", link.toString()), "/unused", Map.of());

    assertThat(resolve(OutsideFiles.none(), "run/é a.fits"))
        .isEqualTo(root.resolve("run/é a.fits"));
  }

  @Test
  void aDirectFileIsServedFromARootOrWhereAllowed() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("out.fits"), outside.resolve("x.fits"));
    Path file = outside.resolve("x.fits");

    assertThat(direct(OutsideFiles.none(), root.resolve("run/é a.fits"))).exists();
    assertThat(direct(OutsideFiles.under(List.of(outside)), file)).isEqualTo(file);
    for (Path path : List.of(file, link)) {
      assertThatThrownBy(() -> direct(OutsideFiles.none(), path))
          .isInstanceOf(ButlerException.Denied.class);
    }
    assertThatThrownBy(() -> direct(OutsideFiles.anywhere(), outside.resolve("none")))
        .isInstanceOf(ButlerException.NotFound.class);
    assertThatThrownBy(() -> direct(OutsideFiles.anywhere(), Path.of("/dev/null")))
        .isInstanceOf(ButlerException.NotFound.class);
  }

  @Test
  void anAllowedDirectoryThatIsMissingAllowsNothing() {
    assertThatThrownBy(
            () ->
                direct(
                    OutsideFiles.under(List.of(outside.resolve("gone"))),
                    outside.resolve("x.fits")))
        .isInstanceOf(ButlerException.Denied.class);
  }
}
