package equerry.registry.query;

import java.util.LinkedHashMap;
import java.util.Map;

/// The entries that were used last, up to a limit. For one thread at a time.
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private final int limit;

  /// @param limit how many entries are kept
  Recent(int limit) {
    super(64, 0.75f, true);
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > limit;
  }
}
