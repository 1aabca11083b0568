package equerry.datastore.storage;

import equerry.api.fault.Milestone;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file beside its target.
///
/// The key that the file system gives it (device and inode) tells it from a file that another writer
/// has put in its place since.
final class LocalStagedFile implements StagedFile {
  /// A name has at most 255 bytes, and a character up to four.
  private static final int MAX_NAME = 50;

  private static final Logger LOG = LoggerFactory.getLogger(LocalStagedFile.class);

  private final Path target;
  private final Path part;
  private final long sizeBytes;
  private final @Nullable Object key;
  private volatile boolean placing;

  private LocalStagedFile(Path target, Path part) throws IOException {
    this.target = target;
    this.part = part;
    this.key =
        Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    this.sizeBytes = Files.size(part);
  }

  static StagedFile copy(Path target, ContentSource source) {
    return make(target, part -> write(part, source));
  }

  static StagedFile link(Path target, Path source, LinkKind kind) {
    return make(target, part -> makeLink(part, source, kind));
  }

  /// The folder of a file.
  static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static StagedFile make(Path target, PartMaker maker) {
    Path part = partOf(target);
    try {
      Files.createDirectories(folder(target));
      maker.make(part);
      LocalStagedFile staged = new LocalStagedFile(target, part);
      Milestone.FILE_STAGED.passed();
      return staged;
    } catch (SourceFault e) {
      discard(part);
      throw FileFaults.reading(e.name, e.fault);
    } catch (IOException e) {
      discard(part);
      throw FileFaults.writing(target.toString(), e);
    } catch (RuntimeException e) {
      discard(part);
      throw e;
    }
  }

  private static Path partOf(Path target) {
    String name = String.valueOf(target.getFileName());
    String start = name.substring(0, Math.min(name.length(), MAX_NAME));
    String random = Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x10000000);
    return target.resolveSibling("." + start + "." + random + ".part");
  }

  private static void write(Path part, ContentSource source) throws IOException {
    try (InputStream in = open(source, part);
        FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      Milestone.FILE_STAGING.passed();
      in.transferTo(out);
      channel.force(true);
    }
  }

  private static InputStream open(ContentSource source, Path part) throws SourceFault {
    try {
      return source.open();
    } catch (IOException e) {
      throw new SourceFault(source.localFile().orElse(part).toString(), e);
    }
  }

  private static void makeLink(Path part, Path source, LinkKind kind) throws IOException {
    if (!Files.exists(source)) {
      throw FileFaults.missing(source.toString());
    }
    Path real = source.toRealPath();
    switch (kind) {
      case HARD -> Files.createLink(part, real);
      case SYMBOLIC -> Files.createSymbolicLink(part, real);
      case RELATIVE -> Files.createSymbolicLink(part, folder(part).toRealPath().relativize(real));
      case ANY -> {
        try {
          Files.createLink(part, real);
        } catch (IOException | UnsupportedOperationException e) {
          Files.createSymbolicLink(part, real);
        }
      }
    }
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void place() {
    Milestone.FILE_BEFORE_PLACE.passed();
    placing = true;
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      // Renaming to another link of the same file does nothing and tells of no error.
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw FileFaults.writing(target.toString(), e);
    }
    Milestone.FILE_PLACED.passed();
  }

  @Override
  public void undo() {
    discard(part);
    if (placing) {
      removeTarget();
    }
  }

  /// A file that was not placed yet can have the same key as one of another change: both are links of
  /// one source.
  private void removeTarget() {
    try {
      Object there =
          Files.exists(target, LinkOption.NOFOLLOW_LINKS)
              ? Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                  .fileKey()
              : null;
      if (there != null && there.equals(key)) {
        Files.deleteIfExists(target);
      }
    } catch (IOException e) {
      LOG.warn("A file of a change that was undone could not be removed: {}", target, e);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.warn("A temporary file could not be removed: {}", part, e);
    }
  }

  @FunctionalInterface
  private interface PartMaker {
    void make(Path part) throws IOException;
  }

  /// A fault of the file that is read, not of the one that is written.
  private static final class SourceFault extends IOException {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final IOException fault;

    SourceFault(String name, IOException fault) {
      super(fault);
      this.name = name;
      this.fault = fault;
    }
  }
}
