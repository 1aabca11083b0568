package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Files of file systems that this process sees.
///
/// A file is written as `.<name>.<random>.part` in the folder of its target, written to disk, and
/// then renamed, so that others see all of it or nothing.
public final class LocalStorage implements Storage {
  /// The path of a local URI.
  public static Path path(ResourceUri uri) {
    return Path.of(uri.localPath());
  }

  @Override
  public OptionalLong sizeBytes(ResourceUri file) {
    try {
      BasicFileAttributes found = Files.readAttributes(path(file), BasicFileAttributes.class);
      return found.isDirectory() ? OptionalLong.empty() : OptionalLong.of(found.size());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw FileFaults.reading(file.path(), e);
    }
  }

  @Override
  public InputStream open(ResourceUri file) {
    try {
      return Files.newInputStream(path(file));
    } catch (IOException e) {
      throw FileFaults.reading(file.path(), e);
    }
  }

  @Override
  public StagedFile stage(ResourceUri target, ContentSource source) {
    return LocalStagedFile.copy(path(target), source);
  }

  /// Makes a link that is not visible before [StagedFile#place].
  public StagedFile stageLink(ResourceUri target, Path source, LinkKind kind) {
    return LocalStagedFile.link(path(target), source, kind);
  }

  @Override
  public void sync(Collection<ResourceUri> placed) {
    Set<Path> folders = new LinkedHashSet<>();
    placed.forEach(uri -> folders.add(LocalStagedFile.folder(path(uri))));
    for (Path folder : folders) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        throw FileFaults.writing(folder.toString(), e);
      }
    }
  }

  @Override
  public Map<ResourceUri, ButlerException> delete(Collection<ResourceUri> files) {
    Map<ResourceUri, ButlerException> failures = new HashMap<>();
    for (ResourceUri file : files) {
      Milestone.FILE_BEFORE_DELETE.passed();
      try {
        Files.deleteIfExists(path(file));
        Milestone.FILE_DELETED.passed();
      } catch (IOException e) {
        failures.put(file, FileFaults.deleting(file.path(), e));
      }
    }
    return failures;
  }

  /// A file that was moved here keeps the time when it was written, and only POSIX tells of the move.
  private static Instant changedAt(Path file, BasicFileAttributes attributes) {
    Instant written = attributes.lastModifiedTime().toInstant();
    try {
      Object changed = Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      Instant moved = ((FileTime) changed).toInstant();
      return moved.isAfter(written) ? moved : written;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return written;
    }
  }

  @Override
  public void list(ResourceUri folder, Consumer<ListedFile> visitor) {
    Path start = path(folder);
    if (!Files.exists(start)) {
      return;
    }
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              visitor.accept(
                  new ListedFile(
                      ResourceUri.ofLocalPath(file.toString(), ""),
                      attributes.size(),
                      changedAt(file, attributes)));
              return FileVisitResult.CONTINUE;
            }

            /// Others may delete what was just listed.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException e) {
      throw FileFaults.reading(folder.path(), e);
    }
  }
}
