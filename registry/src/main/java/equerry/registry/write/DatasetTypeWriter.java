package equerry.registry.write;

import equerry.api.collection.CollectionEdits.Registration;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypeEdits;

/// [DatasetTypeEdits] on the tables.
final class DatasetTypeWriter implements DatasetTypeEdits {
  private final WriteScope scope;

  DatasetTypeWriter(WriteScope scope) {
    this.scope = scope;
  }

  @Override
  public Registration register(DatasetType type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(String name) {
    throw new UnsupportedOperationException();
  }
}
