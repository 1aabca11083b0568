package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.datastore.location.PercentCoding;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import equerry.datastore.object.ObjectAddress;
import equerry.datastore.object.ObjectClients;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Files in object stores with the interface of S3.
///
/// An object appears when its upload is completed, so nothing is written beside it: what is larger
/// than [#PART_BYTES], or of unknown size, is uploaded in parts when it is staged and completed when
/// it is placed; what is smaller is sent when it is placed.
public final class ObjectStorage implements Storage {
  /// Size of the parts of an upload, and of the largest object that is sent in one request. 10,000
  /// parts are allowed, so an object may have 160 GB.
  public static final int PART_BYTES = 16 << 20;

  /// How many objects one request deletes at most; the limit of S3.
  static final int DELETE_BATCH = 1000;

  private static final int NOT_FOUND = 404;

  private final ObjectClients clients;

  /// @param clients the clients, closed by whoever made them
  public ObjectStorage(ObjectClients clients) {
    this.clients = clients;
  }

  @Override
  public OptionalLong sizeBytes(ResourceUri file) {
    ObjectAddress address = ObjectAddress.of(file);
    try {
      return OptionalLong.of(
          clients
              .of(file)
              .headObject(head -> head.bucket(address.bucket()).key(address.key()))
              .contentLength());
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw ObjectFaults.reading(address.key(), e);
    } catch (SdkException e) {
      throw ObjectFaults.reading(address.key(), e);
    }
  }

  @Override
  public InputStream open(ResourceUri file) {
    ObjectAddress address = ObjectAddress.of(file);
    try {
      return clients.of(file).getObject(get -> get.bucket(address.bucket()).key(address.key()));
    } catch (NoSuchKeyException e) {
      throw FileFaults.missing(address.key());
    } catch (SdkException e) {
      throw ObjectFaults.reading(address.key(), e);
    }
  }

  @Override
  public StagedFile stage(ResourceUri target, ContentSource source) {
    S3Client client = clients.of(target);
    ObjectAddress address = ObjectAddress.of(target);
    try {
      OptionalLong size = source.knownSizeBytes();
      StagedFile staged =
          size.isPresent() && size.getAsLong() <= PART_BYTES
              ? new SmallUpload(client, address, source, size.getAsLong())
              : PartedUpload.stage(client, address, source);
      Milestone.FILE_STAGED.passed();
      return staged;
    } catch (IOException e) {
      throw FileFaults.reading(address.key(), e);
    } catch (SdkException e) {
      throw ObjectFaults.writing(address.key(), e);
    }
  }

  @Override
  public void sync(Collection<ResourceUri> placed) {}

  @Override
  public Map<ResourceUri, ButlerException> delete(Collection<ResourceUri> files) {
    Map<String, Map<String, ResourceUri>> byBucket = new LinkedHashMap<>();
    for (ResourceUri file : files) {
      byBucket
          .computeIfAbsent(file.scheme() + "://" + file.netloc(), n -> new LinkedHashMap<>())
          .put(ObjectAddress.of(file).key(), file);
    }
    Map<ResourceUri, ButlerException> failures = new HashMap<>();
    byBucket.values().forEach(keys -> deleteOfBucket(keys, failures));
    return failures;
  }

  private void deleteOfBucket(
      Map<String, ResourceUri> keys, Map<ResourceUri, ButlerException> failures) {
    List<ResourceUri> all = List.copyOf(keys.values());
    for (int start = 0; start < all.size(); start += DELETE_BATCH) {
      List<ResourceUri> batch = all.subList(start, Math.min(all.size(), start + DELETE_BATCH));
      if (batch.size() == 1 || batch.getFirst().kind() == StorageKind.GOOGLE) {
        batch.forEach(file -> deleteOne(file, failures));
      } else {
        deleteBatch(batch, keys, failures);
      }
    }
  }

  private void deleteOne(ResourceUri file, Map<ResourceUri, ButlerException> failures) {
    ObjectAddress address = ObjectAddress.of(file);
    Milestone.FILE_BEFORE_DELETE.passed();
    try {
      clients.of(file).deleteObject(d -> d.bucket(address.bucket()).key(address.key()));
      Milestone.FILE_DELETED.passed();
    } catch (SdkException e) {
      if (!(e instanceof S3Exception s3) || s3.statusCode() != NOT_FOUND) {
        failures.put(file, ObjectFaults.deleting(address.key(), e));
      }
    }
  }

  private void deleteBatch(
      List<ResourceUri> batch,
      Map<String, ResourceUri> byKey,
      Map<ResourceUri, ButlerException> failures) {
    List<ObjectIdentifier> ids = new ArrayList<>();
    batch.forEach(f -> ids.add(ObjectIdentifier.builder().key(ObjectAddress.of(f).key()).build()));
    Milestone.FILE_BEFORE_DELETE.passed();
    try {
      List<S3Error> errors =
          clients
              .of(batch.getFirst())
              .deleteObjects(
                  request ->
                      request
                          .bucket(ObjectAddress.bucketOf(batch.getFirst()))
                          .delete(delete -> delete.objects(ids).quiet(true)))
              .errors();
      for (S3Error error : errors) {
        ResourceUri file = byKey.get(error.key());
        if (file != null && !error.code().equals("NoSuchKey")) {
          failures.put(file, ObjectFaults.deleting(error.key(), error.code()));
        }
      }
      Milestone.FILE_DELETED.passed();
    } catch (SdkException e) {
      batch.forEach(
          file -> failures.put(file, ObjectFaults.deleting(ObjectAddress.of(file).key(), e)));
    }
  }

  @Override
  public void list(ResourceUri folder, Consumer<ListedFile> visitor) {
    String prefix = folder.asDirectory().key();
    try {
      clients
          .of(folder)
          .listObjectsV2Paginator(
              list -> list.bucket(ObjectAddress.bucketOf(folder)).prefix(prefix))
          .contents()
          .forEach(
              object ->
                  visitor.accept(
                      new ListedFile(
                          uri(folder, object.key()), object.size(), object.lastModified())));
    } catch (SdkException e) {
      throw ObjectFaults.reading(prefix, e);
    }
  }

  @Override
  public void listUploads(ResourceUri folder, Consumer<Upload> visitor) {
    String prefix = folder.asDirectory().key();
    try {
      clients
          .of(folder)
          .listMultipartUploadsPaginator(
              list -> list.bucket(ObjectAddress.bucketOf(folder)).prefix(prefix))
          .uploads()
          .forEach(
              upload ->
                  visitor.accept(
                      new Upload(
                          uri(folder, upload.key()), upload.uploadId(), upload.initiated())));
    } catch (SdkException e) {
      throw ObjectFaults.reading(prefix, e);
    }
  }

  @Override
  public void abort(Upload upload) {
    ObjectAddress address = ObjectAddress.of(upload.target());
    try {
      clients
          .of(upload.target())
          .abortMultipartUpload(
              abort -> abort.bucket(address.bucket()).key(address.key()).uploadId(upload.id()));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw ObjectFaults.deleting(address.key(), e);
      }
    } catch (SdkException e) {
      throw ObjectFaults.deleting(address.key(), e);
    }
  }

  private static ResourceUri uri(ResourceUri folder, String key) {
    return new ResourceUri(
        folder.kind(),
        folder.scheme(),
        folder.netloc(),
        "/" + PercentCoding.encodePath(key),
        "",
        "");
  }
}
