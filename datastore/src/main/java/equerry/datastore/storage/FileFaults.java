package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Names what went wrong with a file. Messages name the file by the end of its path.
public final class FileFaults {
  private static final List<String> FULL =
      List.of("no space left", "disk quota exceeded", "not enough space", "file too large");
  private static final List<String> DENIED =
      List.of("permission denied", "operation not permitted", "read-only file system");

  private FileFaults() {}

  /// The error of a write that failed.
  ///
  /// @param path the file that was to be written
  public static ButlerException writing(String path, IOException cause) {
    String name = PathText.name(path);
    if (says(cause, FULL)) {
      return full(name, cause);
    }
    if (denies(cause)) {
      return denied(name, cause);
    }
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "The file '" + name + "' cannot be written (" + reason(cause) + "). Nothing is changed.",
        cause);
  }

  /// The error of a read that failed.
  ///
  /// @param path the file that was to be read
  public static ButlerException reading(String path, IOException cause) {
    String name = PathText.name(path);
    if (cause instanceof NoSuchFileException) {
      return missing(path);
    }
    return new ButlerException.Unavailable(
        denies(cause) ? ErrorCode.ACCESS_DENIED : ErrorCode.FILE_UNAVAILABLE,
        "The file '" + name + "' cannot be read (" + reason(cause) + "). Nothing is changed.",
        cause);
  }

  /// The error of a file that could not be deleted.
  ///
  /// @param path the file
  public static ButlerException deleting(String path, IOException cause) {
    return new ButlerException.Unavailable(
        denies(cause) ? ErrorCode.READ_ONLY : ErrorCode.FILE_UNAVAILABLE,
        "The file '" + PathText.name(path) + "' cannot be deleted (" + reason(cause) + ").",
        cause);
  }

  /// The error of a file that is not there.
  ///
  /// @param path the file
  public static ButlerException.NotFound missing(String path) {
    return new ButlerException.NotFound(
        ErrorCode.FILE_MISSING,
        "The file '"
            + PathText.name(path)
            + "' does not exist, or no longer. Check its path; nothing is changed.");
  }

  static ButlerException full(String name, @Nullable Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.STORAGE_FULL,
        "The file '"
            + name
            + "' cannot be written: the storage has no space left. Nothing is changed; free some"
            + " space and try again.",
        cause);
  }

  static ButlerException denied(String name, @Nullable Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.READ_ONLY,
        "The file '"
            + name
            + "' cannot be written: this account may not write there. Nothing is changed.",
        cause);
  }

  private static boolean denies(IOException cause) {
    return cause instanceof AccessDeniedException
        || cause.getCause() instanceof ReadOnlyFileSystemException
        || says(cause, DENIED);
  }

  private static boolean says(IOException cause, List<String> phrases) {
    String text = reason(cause).toLowerCase(Locale.ROOT);
    return phrases.stream().anyMatch(text::contains);
  }

  /// The system's words without the path, which may lie outside of the repository.
  private static String reason(IOException cause) {
    String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}
