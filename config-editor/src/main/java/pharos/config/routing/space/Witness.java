package pharos.config.routing.space;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An example of a request, by its parts. A part that is not named is absent, or does not matter
 * where requests always have it.
 */
public record Witness(SortedMap<Part, String> values) {
  public Witness {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The value of a part, or null. */
  public @Nullable String value(Part part) {
    return values.get(part);
  }

  /** The value of a part, or another when it does not matter. */
  public String value(Part part, String otherwise) {
    return values.getOrDefault(part, otherwise);
  }
}
