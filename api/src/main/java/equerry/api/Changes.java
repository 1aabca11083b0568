package equerry.api;

import equerry.api.collection.CollectionEdits;
import equerry.api.dataset.DatasetEdits;
import equerry.api.dataset.DatasetTypeEdits;
import equerry.api.dimension.RecordEdits;
import equerry.api.file.FileEdits;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One change of a repository, from its begin to its commit (see [WritableButler#write]).
///
/// Each view sees what the others have done before. For one thread.
public interface Changes {
  CollectionEdits collections();

  DatasetTypeEdits datasetTypes();

  /// Dimension records.
  RecordEdits records();

  DatasetEdits datasets();

  FileEdits files();

  /// Runs work that may fail without failing the whole change: when it throws, what it did is taken
  /// back, and its error goes on to the caller.
  <T extends @Nullable Object> T nested(Function<Changes, T> work);
}
