package equerry.api;

import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.file.Files;
import equerry.api.query.Queries;
import equerry.api.selection.Selection;

/// A data butler: finds an observatory's datasets by what they are.
///
/// Every view answers from the repository's last commit. All methods may be called by many threads
/// at once; they throw [equerry.api.error.ButlerException] and nothing else for what a caller or a
/// repository can get wrong.
public interface Butler extends AutoCloseable {
  DimensionUniverse universe();

  Collections collections();

  DatasetTypes datasetTypes();

  Datasets datasets();

  Queries queries();

  /// A new query that is put together step by step.
  default Selection query() {
    return Selection.of(this);
  }

  Files files();

  /// Ends all connections; running streams fail.
  @Override
  void close();
}
