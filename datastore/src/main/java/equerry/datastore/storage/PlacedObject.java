package equerry.datastore.storage;

import equerry.datastore.object.ObjectAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Takes back an object that was placed.
final class PlacedObject {
  private static final Logger LOG = LoggerFactory.getLogger(PlacedObject.class);
  private static final int NOT_FOUND = 404;

  private PlacedObject() {}

  /// Removes an object if it is still the one with this entity tag; nothing when the tag is null.
  static void remove(S3Client client, ObjectAddress address, @Nullable String entityTag) {
    if (entityTag == null) {
      return;
    }
    try {
      String there = client.headObject(h -> h.bucket(address.bucket()).key(address.key())).eTag();
      if (entityTag.equals(there)) {
        client.deleteObject(d -> d.bucket(address.bucket()).key(address.key()));
      }
    } catch (SdkException e) {
      if (!(e instanceof S3Exception s3) || s3.statusCode() != NOT_FOUND) {
        LOG.warn(
            "An object of a change that was undone could not be removed: {}", address.key(), e);
      }
    }
  }
}
