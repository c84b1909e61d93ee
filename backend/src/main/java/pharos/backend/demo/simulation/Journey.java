package pharos.backend.demo.simulation;

import org.jspecify.annotations.Nullable;

/**
 * What travels with a request through the whole tree.
 *
 * @param visitor index of its headers
 * @param trace null where it is not sampled
 */
record Journey(int visitor, String userAgent, @Nullable Trace trace) {
  /** Ids that all spans of one request share. */
  record Trace(long high, long low, String requestId) {}
}
