package equerry.server.identity;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a value at its first use and keeps it.
final class StableSupplier<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;

  private StableSupplier(Supplier<T> maker) {
    this.maker = maker;
  }

  static <T> Supplier<T> of(Supplier<T> maker) {
    return new StableSupplier<>(maker);
  }

  @Override
  public T get() {
    T known = value;
    return known == null ? make() : known;
  }

  private synchronized T make() {
    T known = value;
    if (known == null) {
      known = maker.get();
      value = known;
    }
    return known;
  }
}
