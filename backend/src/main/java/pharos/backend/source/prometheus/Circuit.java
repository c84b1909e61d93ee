package pharos.backend.source.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking a server that does not answer. Opens after three failures in a row, then lets one
 * question through after 1 s, 2 s, 4 s … 30 s, each with jitter so that many dashboards do not come
 * back at once. Safe to use from several threads.
 */
final class Circuit {
  private static final int FAILURES_TO_OPEN = 3;
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;

  private final InstantSource clock;
  private final RandomGenerator random;
  private int failures;
  private @Nullable Instant closedUntil;

  Circuit(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** How long to wait before the next question; zero means ask now. */
  synchronized Duration waitFor() {
    Instant until = closedUntil;
    if (until == null) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return Duration.between(now, until);
    }
    closedUntil = now.plusMillis(backoffMillis()); // one question tries, others wait for it
    return Duration.ZERO;
  }

  synchronized void succeeded() {
    failures = 0;
    closedUntil = null;
  }

  synchronized void failed() {
    failures++;
    if (failures >= FAILURES_TO_OPEN) {
      closedUntil = clock.instant().plusMillis(backoffMillis());
    }
  }

  private long backoffMillis() {
    int doublings = Math.min(5, Math.max(0, failures - FAILURES_TO_OPEN));
    long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings);
    return longest / 2 + random.nextLong(longest / 2 + 1) + (doublings == 0 ? longest / 2 : 0);
  }
}
