package equerry.datastore.object;

import equerry.datastore.location.PercentCoding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/// Signs the URL of one object for `GET`, without talking to anyone.
///
/// Version 4 is signed by the AWS library's signer, called directly: its S3 presigner makes the
/// same URL in ten times the time. Version 2 no library still offers in Java; the rule is a page of
/// the S3 developer guide ("Signing and Authenticating REST Requests", query string
/// authentication).
final class PresignedUrls {
  private static final AwsV4HttpSigner V4 = AwsV4HttpSigner.create();

  private PresignedUrls() {}

  static String version2(URI url, String resource, AwsCredentials credentials, Instant expiry) {
    String token = credentials instanceof AwsSessionCredentials s ? s.sessionToken() : "";
    String tokenHeader = token.isEmpty() ? "" : "x-amz-security-token:" + token + "\n";
    String message = "GET\n\n\n" + expiry.getEpochSecond() + "\n" + tokenHeader + resource;
    StringBuilder out = new StringBuilder(url.toString());
    out.append("?AWSAccessKeyId=").append(PercentCoding.encodeSegment(credentials.accessKeyId()));
    out.append("&Signature=")
        .append(PercentCoding.encodeSegment(hmacSha1(credentials.secretAccessKey(), message)));
    if (!token.isEmpty()) {
      out.append("&x-amz-security-token=").append(PercentCoding.encodeSegment(token));
    }
    return out.append("&Expires=").append(expiry.getEpochSecond()).toString();
  }

  static String version4(
      URI url, String region, AwsCredentials credentials, Instant now, Duration lifetime) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol(url.getScheme())
            .host(url.getHost())
            .port(url.getPort() < 0 ? null : url.getPort())
            .encodedPath(url.getRawPath())
            .build();
    return V4.sign(
            sign ->
                sign.identity(credentials)
                    .request(request)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(
                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, lifetime))
        .request()
        .getUri()
        .toString();
  }

  private static String hmacSha1(String secret, String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA1", e);
    }
  }
}
