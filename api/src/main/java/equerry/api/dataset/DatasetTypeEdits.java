package equerry.api.dataset;

import equerry.api.error.ButlerException;

/// Registers and removes dataset types.
public interface DatasetTypeEdits {
  /// Registers a type unless it is there.
  ///
  /// @throws ButlerException.Conflict (conflict) when it is there with other dimensions, another
  ///     storage class, or is (not) a calibration
  /// @throws ButlerException.Invalid (invalid_name) for a component or a malformed name
  Registration register(DatasetType type);

  /// Removes a type that has no datasets. Removing one that is not there does nothing.
  ///
  /// @throws ButlerException.Conflict (orphaned_records) when there are datasets of it
  void remove(String name);
}
