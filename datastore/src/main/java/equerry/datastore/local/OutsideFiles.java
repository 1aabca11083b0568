package equerry.datastore.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The directories outside a datastore's root whose files may be served when a symbolic link in the
/// root or a record with an absolute path leads there.
///
/// Such files are a decision of the operator: whoever may write to the repository can point a link
/// or a "direct" record at any file that the server's account can read.
public final class OutsideFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideFiles.class);
  private static final OutsideFiles NONE = new OutsideFiles(List.of());

  private final List<Path> directories;

  private OutsideFiles(List<Path> directories) {
    this.directories = List.copyOf(directories);
  }

  /// No file outside the roots is served.
  public static OutsideFiles none() {
    return NONE;
  }

  /// Every file that the server's account can read is served when a record or link leads to it.
  public static OutsideFiles anywhere() {
    return new OutsideFiles(List.of(Path.of("/")));
  }

  /// Files below these directories are served too.
  public static OutsideFiles under(List<Path> directories) {
    return new OutsideFiles(directories);
  }

  /// Whether a path without symbolic links lies below one of the directories.
  boolean allow(Path realPath) {
    return directories.stream().anyMatch(directory -> isBelow(realPath, directory));
  }

  /// The directory is resolved each time, since it may be mounted or moved while we run.
  private static boolean isBelow(Path realPath, Path directory) {
    try {
      return realPath.startsWith(directory.toRealPath());
    } catch (IOException e) {
      LOG.debug("An allowed directory is not there", e);
      return false;
    }
  }
}
