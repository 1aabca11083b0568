package equerry.datastore.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.datastore.Expected;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectLinksTest {
  /// The clock of `make_expected.py`.
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1795500000L), ZoneOffset.UTC);

  private static final LinkLifetime EXACT =
      new LinkLifetime(Duration.ofHours(1), Duration.ofSeconds(1));

  private static ObjectLinks links(Map<String, String> environment) {
    Map<String, String> isolated = new HashMap<>(environment);
    isolated.putIfAbsent("HOME", "/nonexistent");
    isolated.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
    return new ObjectLinks(isolated, SignatureStyle.AUTOMATIC, EXACT, CLOCK);
  }

  private static ResourceUri uri(String text) {
    return ResourceUri.parse(text).orElseThrow();
  }

  static List<List<String>> presigned() {
    return Expected.rows("presigned.tsv");
  }

  @ParameterizedTest
  @MethodSource("presigned")
  void urlsAreThoseOfTheStockPackage(List<String> row) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : row.get(1).split(" ")) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }

    String url = links(environment).amazon(uri(row.get(0)));

    assertThat(parts(url)).isEqualTo(parts(row.get(2)));
  }

  /// A URL with the parameters of its query in no order, since signers order them differently.
  private static List<Object> parts(String url) {
    ResourceUri uri = uri(url);
    return List.of(
        uri.scheme(), uri.netloc(), uri.path(), Set.of(uri.query().split("&")), uri.fragment());
  }

  @Test
  void version4OfAwsItselfUsesTheRegionsHost() {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", "K", "AWS_SECRET_ACCESS_KEY", "S", "AWS_REGION", "eu-central-1");

    assertThat(links(environment).amazon(uri("s3://bucket/a/b.fits")))
        .startsWith("https://bucket.s3.eu-central-1.amazonaws.com/a/b.fits?X-Amz-Algorithm=");
  }

  @Test
  void theSignatureCanBeChosen() {
    Map<String, String> environment =
        Map.of("LSST_RESOURCES_S3_PROFILE_p", "https://K:S@store", "AWS_REGION", "eu-central-1");

    assertThat(
            new ObjectLinks(environment, SignatureStyle.V2, EXACT, CLOCK).amazon(uri("s3://p@b/k")))
        .contains("?AWSAccessKeyId=K&Signature=");
    assertThat(
            new ObjectLinks(environment, SignatureStyle.V4, EXACT, CLOCK).amazon(uri("s3://p@b/k")))
        .contains("X-Amz-Signature=");
  }

  @Test
  void keysComeFromTheCredentialsFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("credentials");
    Files.writeString(
        file,
        """
        [default]
        aws_access_key_id = DEFAULTKEY
        aws_secret_access_key = s1
        [other]
        aws_access_key_id = OTHERKEY
        aws_secret_access_key = s2
        region = eu-central-1
        """);
    Map<String, String> environment =
        Map.of("AWS_SHARED_CREDENTIALS_FILE", file.toString(), "S3_ENDPOINT_URL", "http://e:1");
    Map<String, String> chosen = new HashMap<>(environment);
    chosen.put("AWS_PROFILE", "other");

    assertThat(links(environment).amazon(uri("s3://b/k"))).contains("AWSAccessKeyId=DEFAULTKEY");
    assertThat(links(environment).amazon(uri("s3://other@b/k")))
        .contains("OTHERKEY%2F20261124%2Feu-central-1");
    assertThat(links(chosen).amazon(uri("s3://b/k"))).contains("OTHERKEY%2F");
  }

  @Test
  void missingCredentialsAreNamed() {
    assertThatThrownBy(() -> links(Map.of()).amazon(uri("s3://b/k")))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("no credentials");
    assertThatThrownBy(() -> links(Map.of()).amazon(uri("s3://prof@b/k")))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("LSST_RESOURCES_S3_PROFILE_prof");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not a url", "https://K:S3CRET@", "https://S3CRET@h", "https://a:b:S3CRET@h"})
  void aBrokenProfileIsRefusedWithoutShowingItsSecret(String url) {
    assertThatThrownBy(
            () -> links(Map.of("LSST_RESOURCES_S3_PROFILE_p", url)).amazon(uri("s3://p@b/k")))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("LSST_RESOURCES_S3_PROFILE_p")
        .hasMessageNotContaining("S3CRET")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/", "s3://a@b@c/k", "s3://prof@/k"})
  void anObjectNeedsABucketAndAKey(String text) {
    assertThatThrownBy(() -> links(Map.of()).amazon(uri(text)))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("a bucket and a key");
  }

  @Test
  void googleIsReachedThroughItsS3Interface() {
    Map<String, String> environment =
        Map.of(
            "LSST_RESOURCES_S3_PROFILE_gs", "https://GK:GS@storage.googleapis.com",
            "LSST_RESOURCES_S3_PROFILE_named", "http://NK:NS@127.0.0.1:9");

    assertThat(links(environment).google(uri("gs://b/k/x.fits#zip-path=m")))
        .startsWith("https://storage.googleapis.com/b/k/x.fits?AWSAccessKeyId=GK&Signature=")
        .endsWith("#zip-path=m");
    assertThat(links(environment).google(uri("gs://named@b/k")))
        .startsWith("http://127.0.0.1:9/b/k?AWSAccessKeyId=NK&");
    assertThatThrownBy(() -> links(Map.of()).google(uri("gs://b/k")))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("LSST_RESOURCES_S3_PROFILE_gs=");
  }
}
