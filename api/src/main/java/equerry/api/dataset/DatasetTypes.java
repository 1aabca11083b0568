package equerry.api.dataset;

import equerry.api.error.ButlerException;
import java.util.List;

/// The dataset types of a repository.
public interface DatasetTypes {
  /// The type of a name.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type)
  DatasetType load(String name);

  /// The types that names and globs match.
  ///
  /// @throws ButlerException.Invalid (dataset_type_expression) for a component or a malformed name
  Matches search(List<String> expression);

  /// The answer to a search.
  ///
  /// @param found types in the order of the expression, each once
  /// @param missing names without glob characters that are no dataset type
  record Matches(List<DatasetType> found, List<String> missing) {}
}
