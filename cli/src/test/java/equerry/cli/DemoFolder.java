package equerry.cli;

import java.nio.file.Path;

/// The demo repository in a folder of a test.
public final class DemoFolder {
  private DemoFolder() {}

  /// Makes it.
  public static Path make(Path folder) {
    Path root = folder.resolve("demo");
    DemoRepository.make(root);
    return root;
  }
}
