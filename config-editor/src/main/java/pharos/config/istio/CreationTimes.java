package pharos.config.istio;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/** Age, the tie breaker of everything (section 0.4 of the routing semantics). */
public final class CreationTimes {
  /** R-ORD-1: by creation, then name, then namespace. Unknown sorts as oldest. */
  public static final Comparator<Resource> ORDER =
      Comparator.comparingLong(CreationTimes::seconds)
          .thenComparing(Resource::key, CreationTimes::byNameThenNamespace);

  private CreationTimes() {}

  /** Seconds since 1970; 0 when the object does not say. */
  public static long seconds(Resource resource) {
    String text = resource.creationTimestamp();
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return OffsetDateTime.parse(text).toEpochSecond();
    } catch (DateTimeException _) {
      return 0;
    }
  }

  /** The second and third criterion of R-ORD-1. */
  public static int byNameThenNamespace(ResourceKey a, ResourceKey b) {
    int byName = a.name().compareTo(b.name());
    return byName != 0 ? byName : a.namespace().compareTo(b.namespace());
  }
}
