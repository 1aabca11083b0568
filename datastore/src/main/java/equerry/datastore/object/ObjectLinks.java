package equerry.datastore.object;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.location.PercentCoding;
import equerry.datastore.location.ResourceUri;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/// Makes URLs that open one object of S3 or Google Cloud Storage for a limited time.
///
/// No request is sent; only credentials that come from a container's or machine's role are fetched,
/// once and then again before they end. One instance serves all repositories and threads.
public final class ObjectLinks {
  private final S3Profiles profiles;
  private final SignatureStyle style;
  private final LinkLifetime lifetime;
  private final Clock clock;

  /// @param environment variables that describe the stores and credentials
  /// @param style which signature to use
  /// @param lifetime how long links work
  /// @param clock the time, for expiry
  public ObjectLinks(
      Map<String, String> environment, SignatureStyle style, LinkLifetime lifetime, Clock clock) {
    this.profiles = new S3Profiles(environment);
    this.style = style;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /// A link to an object of S3 (or a store with its interface).
  ///
  /// @param uri `s3://[profile@]bucket/key[#fragment]`
  /// @throws ButlerException.Unavailable when the profile is not configured or has no credentials
  public String amazon(ResourceUri uri) {
    ObjectAddress object = ObjectAddress.of(uri);
    return link(object, profiles.amazon(object.profile()), uri.fragment());
  }

  /// A link to an object of Google Cloud Storage, through its S3 interface.
  ///
  /// @param uri `gs://[profile@]bucket/key[#fragment]`
  /// @throws ButlerException.Unavailable when no HMAC keys are configured
  public String google(ResourceUri uri) {
    ObjectAddress object = ObjectAddress.of(uri);
    return link(object, profiles.google(object.profile()), uri.fragment());
  }

  private String link(ObjectAddress object, S3Profile profile, String fragment) {
    AwsCredentials credentials = credentials(profile);
    Instant now = clock.instant();
    Instant expiry = Instant.ofEpochSecond(lifetime.expirySeconds(now));
    SignatureStyle used = chosen(profile);
    URI url = object.url(profile, used);
    String signed =
        used == SignatureStyle.V2
            ? PresignedUrls.version2(url, object.resource(), credentials, expiry)
            : PresignedUrls.version4(
                url, profile.regionOrDefault(), credentials, now, Duration.between(now, expiry));
    return fragment.isEmpty() ? signed : signed + "#" + PercentCoding.encodeFragment(fragment);
  }

  private SignatureStyle chosen(S3Profile profile) {
    return switch (style) {
      case AUTOMATIC -> profile.prefersVersion2() ? SignatureStyle.V2 : SignatureStyle.V4;
      case V2, V4 -> style;
    };
  }

  private static AwsCredentials credentials(S3Profile profile) {
    try {
      return profile.credentials().resolveCredentials();
    } catch (SdkException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.CONFIGURATION,
          "There are no credentials for the object store of this file; the server's operator must"
              + " give it some.",
          e);
    }
  }
}
