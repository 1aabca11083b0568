package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder and the files of a repository that is being made.
final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private final Path file;
  private final Path staged;
  private final boolean continued;
  private final List<Path> own;

  /// @param own what was not there before, in the order in which it is to be removed again
  private Staging(Path file, Path staged, boolean continued, List<Path> own) {
    this.file = file;
    this.staged = staged;
    this.continued = continued;
    this.own = List.copyOf(own);
  }

  /// Makes the folder and writes the configuration beside its place.
  ///
  /// @param database the SQLite file that will be made, if one will
  static Staging prepare(Path root, Path file, String text, Optional<Path> database) {
    Path staged = file.resolveSibling("." + file.getFileName() + ".part");
    List<Path> own = new ArrayList<>(List.of(staged));
    database.filter(Files::notExists).ifPresent(own::add);
    for (Path at = root; at != null && Files.notExists(at); at = at.getParent()) {
      own.add(at);
    }
    try {
      Files.createDirectories(root);
      boolean continued = Files.exists(staged) && Files.readString(staged).equals(text);
      DurableText.write(staged, text);
      Milestone.REPOSITORY_CONFIG_STAGED.passed();
      return new Staging(file, staged, continued, own);
    } catch (IOException failure) {
      new Staging(file, staged, false, own).takeBack();
      throw new ButlerException.Unavailable(
          ErrorCode.READ_ONLY,
          "The repository's folder '"
              + root
              + "' cannot be made or written to ("
              + failure.getMessage()
              + "). Nothing was changed.",
          failure);
    }
  }

  /// Whether an earlier creation of the same repository left its configuration here.
  boolean isContinued() {
    return continued;
  }

  /// Moves the configuration to its place.
  void publish() {
    try {
      DurableText.move(staged, file);
    } catch (IOException failure) {
      throw new ButlerException.Unavailable(
          ErrorCode.READ_ONLY,
          "The tables of the repository were made, but its configuration could not be moved to '"
              + file
              + "'. Mend the folder and run the same command again; it goes on from there.",
          failure);
    }
  }

  /// Removes what was not there before; what an earlier creation left stays for the next.
  void takeBack() {
    try {
      for (Path path : continued ? List.<Path>of() : own) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // The failure that led here is told; what is left does not hinder the next try.
      LOG.debug("A file of a repository that was not made is left: {}", left.getMessage());
    }
  }
}
