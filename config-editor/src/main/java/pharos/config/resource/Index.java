package pharos.config.resource;

import java.util.Set;
import java.util.function.Function;

/**
 * Something computed from a snapshot's resources alone, so that many readers look it up instead of
 * going through all resources: {@link Snapshot#index}. It is computed when it is first asked for,
 * and kept from one snapshot to the next while the kinds that it reads stay the same.
 *
 * <p>An index is a constant: the same instance finds the same answer.
 *
 * @param <T> the answer, immutable
 */
public final class Index<T> {
  private final Set<ResourceKey.Kind> reads;
  private final Function<Snapshot, T> build;

  private Index(Set<ResourceKey.Kind> reads, Function<Snapshot, T> build) {
    this.reads = reads;
    this.build = build;
  }

  /**
   * An index.
   *
   * @param reads every kind that {@code build} looks at
   * @param build a pure function
   */
  public static <T> Index<T> of(Set<ResourceKey.Kind> reads, Function<Snapshot, T> build) {
    return new Index<>(Set.copyOf(reads), build);
  }

  Set<ResourceKey.Kind> reads() {
    return reads;
  }

  T build(Snapshot resources) {
    return build.apply(resources);
  }
}
