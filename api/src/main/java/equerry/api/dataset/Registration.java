package equerry.api.dataset;

/// What became of a registration of a dataset type or a collection.
public enum Registration {
  NEW,
  /// It was there as given.
  KNOWN
}
