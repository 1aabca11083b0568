package equerry.api.transfer;

import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A document to take into a repository.
///
/// @param document the document
/// @param files what to do with the files that it names
/// @param skippedElements dimension elements whose records are left out
public record ImportRequest(Path document, Ingestion files, Collection<String> skippedElements) {
  public ImportRequest {
    skippedElements = Set.copyOf(skippedElements);
  }

  /// What to do with the files of datasets.
  public sealed interface Ingestion {
    /// They are passed over: the datasets are registered without files.
    record Skip() implements Ingestion {}

    /// They are taken in.
    ///
    /// @param folder the folder, or its URI, that relative paths start at; null for the datastore's
    ///     root when files stay in place, else the working directory
    /// @param mode how
    /// @param validation whether their sizes are recorded
    record Ingest(@Nullable String folder, TransferMode mode, Validation validation)
        implements Ingestion {}
  }
}
