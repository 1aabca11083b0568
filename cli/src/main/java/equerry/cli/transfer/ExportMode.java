package equerry.cli.transfer;

import equerry.api.transfer.ExportRequest.Placement;
import equerry.api.transfer.ExportRequest.Way;
import java.nio.file.Path;

/// What `--transfer` of an export can say.
enum ExportMode {
  AUTO,
  LINK,
  SYMLINK,
  HARDLINK,
  COPY,
  RELSYMLINK,
  /// The document has URIs.
  DIRECT,
  /// The document has paths in the datastore.
  NONE;

  Placement into(Path folder) {
    return switch (this) {
      case NONE -> new Placement.Stay();
      case DIRECT -> new Placement.Refer();
      case AUTO, LINK, SYMLINK, HARDLINK, COPY, RELSYMLINK ->
          new Placement.Bring(folder, Way.valueOf(name()));
    };
  }
}
