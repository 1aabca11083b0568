package equerry.api.transfer;

import equerry.api.error.ButlerException;

/// Takes datasets into a repository, from documents and from other repositories.
///
/// Everything can be done again: what is there already, with the same identity, is passed over, so
/// that a transfer that was interrupted continues, and ends in the state that it would have had
/// without. What it did before is whole: a dataset is there with its file or not at all.
public interface Arrivals {
  /// Takes in a document.
  ///
  /// The document is read through before anything is changed. One with up to 100,000 records,
  /// datasets and associations is one change: all or nothing. A longer one is taken in by parts, in
  /// an order in which each part needs none after it.
  ///
  /// @throws ButlerException.Invalid (malformed, unsupported_document, dimension_name,
  ///     dimension_value), before anything is changed
  /// @throws ButlerException.Conflict (conflict) when the repository has another dataset, type or
  ///     collection in a place
  ImportReport importDocument(ImportRequest request, TransferListener listener);

  /// Takes over datasets of another repository, a page of them after the other, each of which is one
  /// change with their types, runs, dimension records and files.
  ///
  /// @throws ButlerException.Conflict (conflict) when the repository has another dataset or type in a
  ///     place; the pages before stay
  /// @throws ButlerException.NotFound (missing_dataset_type) where types are not to be registered
  TransferReport transferFrom(TransferRequest request, TransferListener listener);

  /// What [#transferFrom] would do; nothing is changed.
  TransferReport rehearse(TransferRequest request, TransferListener listener);
}
