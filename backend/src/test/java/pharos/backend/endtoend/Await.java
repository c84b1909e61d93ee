package pharos.backend.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, never longer than a minute. */
final class Await {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      boolean met;
      try {
        met = condition.call();
      } catch (Exception e) {
        throw new AssertionError("failed while waiting for " + what, e);
      }
      if (met) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(10);
    }
  }
}
