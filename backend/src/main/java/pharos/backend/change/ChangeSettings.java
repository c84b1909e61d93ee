package pharos.backend.change;

import java.time.Duration;

/**
 * Bounds of applying a change.
 *
 * @param barrier between a destination and the routes to it, both ways: the proxies have to know
 *     the one before the other
 * @param settleFor how long to look what came of a write before somebody has to be asked
 * @param lookEvery between two looks
 * @param renewEvery how often a running change says that it is alive
 */
public record ChangeSettings(
    Duration barrier, Duration settleFor, Duration lookEvery, Duration renewEvery) {

  /** Three seconds between destination and route, 45 s until somebody is asked. */
  public static final ChangeSettings DEFAULT =
      new ChangeSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(45),
          Duration.ofMillis(500),
          Duration.ofSeconds(4));
}
