package pharos.backend.traces;

import java.time.Duration;

/**
 * What recording may cost, and when a sender is told that its spans are taken.
 *
 * @param writers batches that are stored at once
 * @param batchSpans spans after which a batch does not wait for more
 * @param linger how long a batch waits for more, so that spans of one trace meet
 * @param maxWaitingSpans that may wait or be written; more are refused
 * @param maxWaitingBytes of the same spans
 * @param commitLimit longest wait for the store
 * @param retention age after which a span is not taken any more
 */
public record RecorderLimits(
    int writers,
    int batchSpans,
    Duration linger,
    int maxWaitingSpans,
    long maxWaitingBytes,
    Duration commitLimit,
    Duration retention,
    Acknowledge acknowledge) {

  /** When "taken" is said. */
  public enum Acknowledge {
    /** When the spans are stored: nothing that was acknowledged is ever lost. */
    COMMIT,
    /** When they wait in memory: faster, and a crash loses what waits. */
    ENQUEUE
  }

  /** 2 writers, 5,000 spans or 300 ms, 200,000 spans or 128 MiB waiting, 30 s. */
  public static RecorderLimits of(Duration retention, Acknowledge acknowledge) {
    return new RecorderLimits(
        2,
        5_000,
        Duration.ofMillis(300),
        200_000,
        128L << 20,
        Duration.ofSeconds(30),
        retention,
        acknowledge);
  }
}
