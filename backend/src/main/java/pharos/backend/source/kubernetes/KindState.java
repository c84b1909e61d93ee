package pharos.backend.source.kubernetes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one kind is followed.
 *
 * @param currentAt when its objects were last known to be all there is; null before the first list
 * @param since when the phase began
 * @param message why, for phases that need a reason
 */
record KindState(Phase phase, @Nullable Instant currentAt, Instant since, String message) {

  enum Phase {
    /** Not listed yet. */
    STARTING,
    /** Listed, and a watch is open. */
    FOLLOWING,
    /** The cluster does not serve the kind. */
    MISSING,
    /** The account may not read the kind. */
    FORBIDDEN,
    /** The API does not answer, or answers what cannot be used. */
    FAILING
  }

  boolean settled() {
    return phase != Phase.STARTING;
  }
}
