package equerry.registry.write;

import equerry.api.collection.CollectionEdits;
import equerry.api.collection.CollectionType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [CollectionEdits] on the tables.
final class CollectionWriter implements CollectionEdits {
  private final WriteScope scope;

  CollectionWriter(WriteScope scope) {
    this.scope = scope;
  }

  @Override
  public Registration register(String name, CollectionType type, @Nullable String doc) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void document(String name, @Nullable String doc) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void redefineChain(String chain, List<String> children) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prependToChain(String chain, List<String> children) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void extendChain(String chain, List<String> children) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeFromChain(String chain, List<String> children) {
    throw new UnsupportedOperationException();
  }
}
