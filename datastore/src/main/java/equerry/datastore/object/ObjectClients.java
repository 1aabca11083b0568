package equerry.datastore.object;

import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Clients of object stores, one for each profile, found as links are ([S3Profiles]). Google's is
/// reached through its S3 interface.
///
/// Safe for use by many threads. Nothing is connected before the first request.
public final class ObjectClients implements AutoCloseable {
  private final S3Profiles profiles;
  private final Map<Key, S3Client> clients = new ConcurrentHashMap<>();

  private record Key(StorageKind kind, @Nullable String profile) {}

  /// @param environment variables that describe the stores and credentials
  public ObjectClients(Map<String, String> environment) {
    this.profiles = new S3Profiles(environment);
  }

  /// The client for a URI of the kind S3 or Google.
  public S3Client of(ResourceUri uri) {
    Key key = new Key(uri.kind(), ObjectAddress.profileOf(uri));
    return clients.computeIfAbsent(key, this::make);
  }

  private S3Client make(Key key) {
    S3Profile profile =
        key.kind() == StorageKind.GOOGLE
            ? profiles.google(key.profile())
            : profiles.amazon(key.profile());
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(profile.credentials())
        .region(Region.of(profile.regionOrDefault()))
        .endpointOverride(profile.endpoint())
        .forcePathStyle(profile.endpoint() != null)
        // Stores with the interface of S3 do not all know the newer checksums.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
  }
}
