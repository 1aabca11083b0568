package equerry.datastore.object;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PercentCoding;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The object stores that the environment describes, by name, as lsst-resources and boto3 read it.
///
/// - `s3://NAME@bucket/key` uses profile NAME, `s3://bucket/key` the default.
/// - `LSST_RESOURCES_S3_PROFILE_NAME=https://KEY:SECRET@host[:port][/path]` describes profile NAME;
///   key and secret are percent-encoded and may be absent.
/// - `S3_ENDPOINT_URL` is the endpoint of the default and of profiles without a variable of their
///   own; then `AWS_ENDPOINT_URL_S3` and `AWS_ENDPOINT_URL`; else AWS itself.
/// - Without key and secret in the URL, those of profile NAME in the AWS credentials or config file
///   are used; for the default see [AwsCredentialSources].
/// - The region is `AWS_DEFAULT_REGION`, else `AWS_REGION`, else the profile's `region`.
///
/// Profiles are made at their first use and kept. Safe for use by many threads.
final class S3Profiles {
  private static final String PROFILE_PREFIX = "LSST_RESOURCES_S3_PROFILE_";
  private static final String GOOGLE_ENDPOINT = "https://storage.googleapis.com";
  private static final String GOOGLE_PROFILE = "gs";
  private static final String DEFAULT = "";

  private final Map<String, String> environment;
  private final AwsCredentialSources sources;
  private final ConcurrentHashMap<String, S3Profile> amazon = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, S3Profile> google = new ConcurrentHashMap<>();

  S3Profiles(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.sources = new AwsCredentialSources(this.environment);
  }

  /// The profile of an `s3` URI.
  S3Profile amazon(@Nullable String name) {
    return amazon.computeIfAbsent(name == null ? DEFAULT : name, this::makeAmazon);
  }

  /// The profile of a `gs` URI: named, or else the one with the name `gs`. Google signs with HMAC
  /// keys made for its S3 interface, which only a profile variable can hold.
  S3Profile google(@Nullable String name) {
    return google.computeIfAbsent(name == null ? GOOGLE_PROFILE : name, this::makeGoogle);
  }

  private S3Profile makeAmazon(String name) {
    Endpoint endpoint = configuredEndpoint(name);
    return new S3Profile(
        endpoint.url(), sources.region(nullWhenDefault(name)), credentials(name, endpoint));
  }

  private AwsCredentialsProvider credentials(String name, Endpoint endpoint) {
    return endpoint.keys().isPresent()
        ? StaticCredentialsProvider.create(endpoint.keys().get())
        : sources.forProfile(nullWhenDefault(name));
  }

  private S3Profile makeGoogle(String name) {
    Endpoint endpoint =
        variable(PROFILE_PREFIX + name).map(url -> parse(url, PROFILE_PREFIX + name)).orElse(NONE);
    AwsBasicCredentials keys =
        endpoint
            .keys()
            .orElseThrow(
                () ->
                    unusable(
                        "Links to Google Cloud Storage need HMAC keys: set "
                            + PROFILE_PREFIX
                            + name
                            + "=https://ACCESS:SECRET@storage.googleapis.com"));
    URI url = endpoint.url() == null ? URI.create(GOOGLE_ENDPOINT) : endpoint.url();
    return new S3Profile(url, null, StaticCredentialsProvider.create(keys));
  }

  private Endpoint configuredEndpoint(String name) {
    Stream<String> own = name.isEmpty() ? Stream.of() : Stream.of(PROFILE_PREFIX + name);
    return Stream.concat(
            own, Stream.of("S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"))
        .filter(key -> variable(key).isPresent())
        .findFirst()
        .map(key -> parse(environment.getOrDefault(key, ""), key))
        .orElse(NONE);
  }

  private Optional<String> variable(String key) {
    return Optional.ofNullable(environment.get(key)).filter(value -> !value.isBlank());
  }

  /// The message never holds the value, which may hold a secret.
  private static Endpoint parse(String text, String variable) {
    int schemeEnd = text.indexOf("://");
    int slash = text.indexOf('/', Math.max(schemeEnd + 3, 0));
    int at = text.lastIndexOf('@', slash < 0 ? text.length() : slash);
    boolean hasKeys = schemeEnd > 0 && at > schemeEnd;
    String bare = hasKeys ? text.substring(0, schemeEnd + 3) + text.substring(at + 1) : text;
    try {
      URI url = URI.create(bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
      if (schemeEnd > 0 && url.getHost() != null) {
        return new Endpoint(
            url, hasKeys ? keys(text.substring(schemeEnd + 3, at), variable) : Optional.empty());
      }
    } catch (IllegalArgumentException e) {
      // The cause would repeat the text and with it the secret.
    }
    throw unusable(variable + " must be a URL such as https://KEY:SECRET@host:port");
  }

  private static Optional<AwsBasicCredentials> keys(String text, String variable) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2) {
      throw unusable(
          variable
              + " must have KEY:SECRET before the '@', percent-encoded where they hold : or /");
    }
    return Optional.of(
        AwsBasicCredentials.create(PercentCoding.decode(parts[0]), PercentCoding.decode(parts[1])));
  }

  private static @Nullable String nullWhenDefault(String name) {
    return name.isEmpty() ? null : name;
  }

  private static ButlerException unusable(String message) {
    return new ButlerException.Unavailable(ErrorCode.CONFIGURATION, message + ".", null);
  }

  private static final Endpoint NONE = new Endpoint(null, Optional.empty());

  private record Endpoint(@Nullable URI url, Optional<AwsBasicCredentials> keys) {}
}
