package equerry.server;

/// The version of this program.
public final class Version {
  /// As the build wrote it into the manifest; `development` when run from classes.
  public static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
