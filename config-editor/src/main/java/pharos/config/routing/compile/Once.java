package pharos.config.routing.compile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, once. Safe for use by several threads. */
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> source;
  private volatile @Nullable T value;

  /** A value that comes from a source, which must give one. */
  public Once(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    T known = value;
    return known == null ? make() : known;
  }

  private synchronized T make() {
    T known = value;
    if (known == null) {
      known = source.get();
      value = known;
    }
    return known;
  }
}
