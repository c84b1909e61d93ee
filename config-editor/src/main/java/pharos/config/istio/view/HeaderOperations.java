package pharos.config.istio.view;

import java.util.List;
import java.util.Map;

/**
 * Edits of request and response headers (R-HTTP-86). Values are Envoy format strings (R-HTTP-90).
 */
public record HeaderOperations(Edits request, Edits response) {
  /** No edit. */
  public static final HeaderOperations NONE = new HeaderOperations(Edits.NONE, Edits.NONE);

  /** Edits of one direction, by header name as written. */
  public record Edits(Map<String, String> set, Map<String, String> add, List<String> remove) {
    /** No edit. */
    public static final Edits NONE = new Edits(Map.of(), Map.of(), List.of());

    public Edits {
      set = Map.copyOf(set);
      add = Map.copyOf(add);
      remove = List.copyOf(remove);
    }

    /** Whether nothing is edited. */
    public boolean isEmpty() {
      return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }
  }
}
