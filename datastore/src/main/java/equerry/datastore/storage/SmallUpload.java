package equerry.datastore.storage;

import equerry.api.fault.Milestone;
import equerry.datastore.object.ObjectAddress;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// An object that is sent in one request, when it is placed.
final class SmallUpload implements StagedFile {
  private final S3Client client;
  private final ObjectAddress address;
  private final ContentSource source;
  private final long sizeBytes;
  private @Nullable String entityTag;

  SmallUpload(S3Client client, ObjectAddress address, ContentSource source, long sizeBytes) {
    this.client = client;
    this.address = address;
    this.source = source;
    this.sizeBytes = sizeBytes;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void place() {
    Milestone.FILE_BEFORE_PLACE.passed();
    try (InputStream in = source.open()) {
      byte[] bytes = in.readNBytes((int) sizeBytes + 1);
      if (bytes.length != sizeBytes) {
        throw new IOException("it changed while it was stored");
      }
      entityTag =
          client
              .putObject(
                  put -> put.bucket(address.bucket()).key(address.key()),
                  RequestBody.fromBytes(bytes))
              .eTag();
    } catch (IOException e) {
      throw FileFaults.reading(address.key(), e);
    } catch (SdkException e) {
      throw ObjectFaults.writing(address.key(), e);
    }
    Milestone.FILE_PLACED.passed();
  }

  @Override
  public void undo() {
    PlacedObject.remove(client, address, entityTag);
  }
}
