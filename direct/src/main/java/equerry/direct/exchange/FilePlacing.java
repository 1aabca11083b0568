package equerry.direct.exchange;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileSource;
import equerry.api.transfer.ExportRequest.Placement;
import equerry.direct.exchange.document.DocumentWriter.Exported;
import java.util.List;

/// Brings the files of exported datasets to where they are to be.
interface FilePlacing {
  /// A dataset and its file.
  record Sourced(DatasetRef ref, FileSource.Located file) {}

  /// Places files, many at once.
  ///
  /// @return what to write of each
  List<Exported> place(List<Sourced> files, Placement placement);
}
