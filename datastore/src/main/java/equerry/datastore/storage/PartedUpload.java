package equerry.datastore.storage;

import equerry.api.fault.Milestone;
import equerry.datastore.object.ObjectAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// An object that is sent in parts, and appears when the store is told that these are all.
final class PartedUpload implements StagedFile {
  private static final Logger LOG = LoggerFactory.getLogger(PartedUpload.class);

  private final S3Client client;
  private final ObjectAddress address;
  private final String uploadId;
  private final List<CompletedPart> parts = new ArrayList<>();
  private long sizeBytes;
  private @Nullable String entityTag;

  private PartedUpload(S3Client client, ObjectAddress address) {
    this.client = client;
    this.address = address;
    this.uploadId =
        client.createMultipartUpload(c -> c.bucket(address.bucket()).key(address.key())).uploadId();
  }

  static StagedFile stage(S3Client client, ObjectAddress address, ContentSource source)
      throws IOException {
    try (InputStream in = source.open()) {
      PartedUpload upload = new PartedUpload(client, address);
      try {
        Milestone.UPLOAD_BEGUN.passed();
        upload.send(in);
        Milestone.UPLOAD_STAGED.passed();
        return upload;
      } catch (IOException | RuntimeException e) {
        upload.abort();
        throw e;
      }
    }
  }

  /// An object has one part at least, be it an empty one.
  private void send(InputStream in) throws IOException {
    byte[] buffer = new byte[ObjectStorage.PART_BYTES];
    int length = in.readNBytes(buffer, 0, buffer.length);
    do {
      send(buffer, length);
      length = in.readNBytes(buffer, 0, buffer.length);
    } while (length > 0);
  }

  private void send(byte[] buffer, int length) {
    int number = parts.size() + 1;
    byte[] bytes = length == buffer.length ? buffer : java.util.Arrays.copyOf(buffer, length);
    String tag =
        client
            .uploadPart(
                part ->
                    part.bucket(address.bucket())
                        .key(address.key())
                        .uploadId(uploadId)
                        .partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    sizeBytes += length;
    Milestone.UPLOAD_PART_SENT.passed();
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void place() {
    Milestone.FILE_BEFORE_PLACE.passed();
    try {
      entityTag =
          client
              .completeMultipartUpload(
                  complete ->
                      complete
                          .bucket(address.bucket())
                          .key(address.key())
                          .uploadId(uploadId)
                          .multipartUpload(all -> all.parts(parts)))
              .eTag();
    } catch (SdkException e) {
      throw ObjectFaults.writing(address.key(), e);
    }
    Milestone.FILE_PLACED.passed();
  }

  @Override
  public void undo() {
    if (entityTag == null) {
      abort();
    } else {
      PlacedObject.remove(client, address, entityTag);
    }
  }

  private void abort() {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(address.bucket()).key(address.key()).uploadId(uploadId));
    } catch (SdkException e) {
      LOG.warn("An upload could not be taken back: {}", address.key(), e);
    }
  }
}
