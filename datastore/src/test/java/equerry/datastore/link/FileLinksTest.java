package equerry.datastore.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.datastore.DatastoreSection;
import equerry.datastore.Datastores;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SignedTarget;
import equerry.datastore.local.SigningKeys;
import equerry.datastore.object.ObjectLinks;
import equerry.datastore.object.SignatureStyle;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FileLinksTest {
  private static final String BASE = "http://127.0.0.1:8080";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "LSST_RESOURCES_S3_PROFILE_p", "http://K:S@store:9000",
          "LSST_RESOURCES_S3_PROFILE_gs", "https://GK:GS@storage.googleapis.com");

  private final SignedPaths signedPaths =
      new SignedPaths(SigningKeys.generated(), LinkLifetime.DEFAULT, Clock.systemUTC());

  private Link link(LinkMode mode, String root, String path) {
    Datastores stores =
        DatastoreSection.read(Map.of("name", "store", "root", root), "/unused", Map.of());
    ObjectLinks objects =
        new ObjectLinks(
            ENVIRONMENT, SignatureStyle.AUTOMATIC, LinkLifetime.DEFAULT, Clock.systemUTC());
    FileRecord record = new FileRecord(UUID.randomUUID(), null, path, "f.F", "Dict", null, -1);
    return new FileLinks(mode, signedPaths, objects)
        .linkFor(new StoredFile("store", record), stores, "dp2", BASE);
  }

  private SignedTarget target(Link link) {
    String path = link.url().substring(BASE.length());
    int hash = path.indexOf('#');
    return signedPaths.verify(hash < 0 ? path : path.substring(0, hash));
  }

  @Test
  void aLocalFileGetsOurSignedPath() {
    Link link = link(LinkMode.SIGNED, "/data", "a b/z.zip#zip-path=m é.json");

    assertThat(link.url())
        .startsWith(BASE + SignedPaths.PREFIX)
        .endsWith("/a%20b/z.zip#zip-path=m%20%C3%A9.json");
    assertThat(link.auth().wireName()).isEqualTo("none");
    assertThat(target(link))
        .isInstanceOfSatisfying(
            SignedTarget.InStore.class, in -> assertThat(in.relative()).isEqualTo("a b/z.zip"));
  }

  @Test
  void aLocalFileGetsOurSignedPathInCadcModeToo() {
    assertThat(link(LinkMode.UNMODIFIED, "/data", "x").auth()).isEqualTo(LinkAuth.NONE);
  }

  @Test
  void aFileIngestedWhereItLayIsNamedByItsWholePath() {
    Link link = link(LinkMode.SIGNED, "s3://p@bucket/x", "file:///raw/../raw/a%20b.fits");

    assertThat(target(link)).isEqualTo(new SignedTarget.Direct("dp2", "/raw/a b.fits"));
  }

  @Test
  void objectStoresGetPresignedUrls() {
    assertThat(link(LinkMode.SIGNED, "s3://p@bucket/x", "a.fits#zip-path=m").url())
        .startsWith("http://store:9000/bucket/x/a.fits?AWSAccessKeyId=K&Signature=")
        .endsWith("#zip-path=m");
    assertThat(link(LinkMode.SIGNED, "/data", "gs://bucket/a.fits").url())
        .startsWith("https://storage.googleapis.com/bucket/a.fits?AWSAccessKeyId=GK&");
  }

  @Test
  void webServersGetTheirOwnUrlInCadcMode() {
    assertThat(link(LinkMode.UNMODIFIED, "https://h:8443/d", "é/a.fits#zip-path=m"))
        .isEqualTo(new Link("https://h:8443/d/%C3%A9/a.fits#zip-path=m", LinkAuth.DATASTORE));
    assertThat(link(LinkMode.UNMODIFIED, "davs://h/d", "a.fits").url())
        .isEqualTo("https://h/d/a.fits");
    assertThat(link(LinkMode.UNMODIFIED, "dav://h/d", "a.fits").url())
        .isEqualTo("http://h/d/a.fits");
    assertThat(link(LinkMode.UNMODIFIED, "/d", "https://h/a.fits?v=1").url())
        .isEqualTo("https://h/a.fits?v=1");
  }

  @Test
  void aPasswordInTheRootIsNotToldToClients() {
    assertThat(link(LinkMode.UNMODIFIED, "https://me:secret@h/d", "a.fits").url())
        .isEqualTo("https://h/d/a.fits");
  }

  @Test
  void webServersCannotBeSignedFor() {
    assertThatThrownBy(() -> link(LinkMode.SIGNED, "https://h/d", "a.fits"))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("cannot sign");
  }

  @Test
  void aDatastoreThatIsNotConfiguredIsNamed() {
    FileRecord record = new FileRecord(UUID.randomUUID(), null, "x", "f.F", "Dict", null, -1);
    Datastores stores = DatastoreSection.read(null, "/r", Map.of());
    ObjectLinks objects =
        new ObjectLinks(Map.of(), SignatureStyle.V2, LinkLifetime.DEFAULT, Clock.systemUTC());

    assertThatThrownBy(
            () ->
                new FileLinks(LinkMode.SIGNED, signedPaths, objects)
                    .linkFor(new StoredFile("gone", record), stores, "dp2", BASE))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("'gone'");
  }
}
