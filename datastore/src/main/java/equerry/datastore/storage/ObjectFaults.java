package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Names what went wrong at an object store.
final class ObjectFaults {
  private static final int FORBIDDEN = 403;
  private static final Set<String> FULL =
      Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "EntityTooLarge");

  private ObjectFaults() {}

  static ButlerException writing(String key, SdkException cause) {
    String name = PathText.name(key);
    if (cause instanceof S3Exception s3 && FULL.contains(code(s3))) {
      return FileFaults.full(name, cause);
    }
    if (cause instanceof S3Exception s3 && s3.statusCode() == FORBIDDEN) {
      return FileFaults.denied(name, cause);
    }
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "The object '" + name + "' cannot be written" + why(cause) + " Nothing is changed.",
        cause);
  }

  static ButlerException reading(String key, SdkException cause) {
    boolean denied = cause instanceof S3Exception s3 && s3.statusCode() == FORBIDDEN;
    return new ButlerException.Unavailable(
        denied ? ErrorCode.ACCESS_DENIED : ErrorCode.FILE_UNAVAILABLE,
        "The object '" + PathText.name(key) + "' cannot be read" + why(cause),
        cause);
  }

  static ButlerException deleting(String key, SdkException cause) {
    boolean denied = cause instanceof S3Exception s3 && s3.statusCode() == FORBIDDEN;
    return new ButlerException.Unavailable(
        denied ? ErrorCode.READ_ONLY : ErrorCode.FILE_UNAVAILABLE,
        "The object '" + PathText.name(key) + "' cannot be deleted" + why(cause),
        cause);
  }

  static ButlerException deleting(String key, String code) {
    return new ButlerException.Unavailable(
        code.equals("AccessDenied") ? ErrorCode.READ_ONLY : ErrorCode.FILE_UNAVAILABLE,
        "The object '" + PathText.name(key) + "' cannot be deleted (" + code + ").",
        null);
  }

  /// The store's code only: its message may hold hosts and keys.
  private static String why(SdkException cause) {
    return cause instanceof S3Exception s3 && !code(s3).isEmpty()
        ? " (" + code(s3) + ")."
        : ": its store cannot be reached.";
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }
}
