package equerry.datastore.local;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.Datastores;
import equerry.datastore.FileStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the file on disk that a signed path leads to, and lets nothing else through.
///
/// The answer is always a path without symbolic links that lies in the root of the store (for files
/// ingested where they lay: in the root of any store of the repository) or in a directory that the
/// operator allowed. Between this check and the opening of the file someone with write access to
/// the root could still swap a directory for a link; such a person can ingest files anyway.
public final class LocalFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);

  private final OutsideFiles outside;

  /// @param outside what may be served beyond the roots
  public LocalFiles(OutsideFiles outside) {
    this.outside = outside;
  }

  /// The file to send.
  ///
  /// @param datastores the datastores of the repository that the target names
  /// @throws ButlerException.NotFound when there is no such file
  /// @throws ButlerException.Denied when it lies where we may not serve from
  /// @throws ButlerException.Unavailable when the file system does not let us look
  public Path resolve(Datastores datastores, SignedTarget target) {
    try {
      return switch (target) {
        case SignedTarget.InStore in -> inStore(datastores, in);
        case SignedTarget.Direct at -> direct(datastores, at);
      };
    } catch (NoSuchFileException e) {
      throw missing();
    } catch (InvalidPathException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          "The name of this file cannot be used here; the server must run with a UTF-8 locale.",
          e);
    } catch (IOException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE, "The file of this link cannot be read now.", e);
    }
  }

  private Path inStore(Datastores datastores, SignedTarget.InStore target) throws IOException {
    Path root =
        datastores
            .findByTag(target.storeTag())
            .flatMap(FileStore::localRoot)
            .orElseThrow(LocalFiles::missing);
    Path named = root.resolve(target.relative()).normalize();
    if (!named.startsWith(root) || named.equals(root)) {
      throw denied(target, named);
    }
    Path real = named.toRealPath();
    if (!real.startsWith(root.toRealPath()) && !outside.allow(real)) {
      throw denied(target, real);
    }
    return regular(real);
  }

  private Path direct(Datastores datastores, SignedTarget.Direct target) throws IOException {
    Path real = Path.of(target.absolutePath()).toRealPath();
    if (!outside.allow(real) && !inAnyRoot(datastores, real)) {
      throw denied(target, real);
    }
    return regular(real);
  }

  private static boolean inAnyRoot(Datastores datastores, Path real) throws IOException {
    for (FileStore store : datastores.files()) {
      if (store.localRoot().isPresent() && real.startsWith(store.localRoot().get().toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private static Path regular(Path real) throws IOException {
    if (!Files.isRegularFile(real)) {
      throw missing();
    }
    if (!Files.isReadable(real)) {
      throw new AccessDeniedException(real.toString());
    }
    return real;
  }

  private static ButlerException missing() {
    return new ButlerException.NotFound(
        ErrorCode.FILE_UNAVAILABLE, "The file of this link is not there any more.");
  }

  private static ButlerException denied(SignedTarget target, Path found) {
    LOG.warn("Refused to serve {}: it leads to {}, outside what may be served", target, found);
    return new ButlerException.Denied(
        "The file of this link lies outside the directories that this server may serve; its"
            + " operator can allow more with the setting servable_directories (--also-serve).");
  }
}
