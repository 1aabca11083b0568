package equerry.cli;

import equerry.server.Version;
import picocli.CommandLine.IVersionProvider;

/// What `equerry --version` prints.
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"equerry " + Version.TEXT};
  }
}
