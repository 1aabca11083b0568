package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileSource;
import equerry.api.transfer.ExportRequest;
import equerry.api.transfer.TransferListener;
import equerry.datastore.storage.Storages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Brings datasets of a butler out of its repository.
public final class Departures implements AutoCloseable {
  private final Butler butler;
  private final FileSource files;
  private final Storages storages;

  /// @param files where the butler's files can be read
  /// @param environment variables that describe object stores and credentials
  public Departures(Butler butler, FileSource files, Map<String, String> environment) {
    this.butler = butler;
    this.files = files;
    this.storages = new Storages(environment);
  }

  /// Writes a document (see [Exporter#export]).
  ///
  /// @return how many datasets are in it
  /// @throws ButlerException.Unavailable (file_unavailable) when it cannot be written
  public long export(ExportRequest request, TransferListener listener) {
    try {
      return new Exporter(butler, files, new PlacedFiles(storages)).export(request, listener);
    } catch (IOException | UncheckedIOException failure) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          "The document " + request.document().getFileName() + " cannot be written.",
          failure);
    }
  }

  @Override
  public void close() {
    storages.close();
  }
}
