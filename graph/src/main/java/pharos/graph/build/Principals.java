package pharos.graph.build;

import org.jspecify.annotations.Nullable;

/**
 * An edge has one principal at each end; when there are several, the first in the order of text.
 */
final class Principals {
  private Principals() {}

  static @Nullable String first(@Nullable String known, @Nullable String seen) {
    if (seen == null || !Labels.isKnown(seen)) {
      return known;
    }
    return known == null || seen.compareTo(known) < 0 ? seen : known;
  }
}
