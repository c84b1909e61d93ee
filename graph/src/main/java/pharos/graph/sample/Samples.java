package pharos.graph.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that one source says of one window. Two sources that watched the same traffic supply equal
 * samples within scrape error.
 *
 * @param at end of the window
 * @param window over which rates were computed
 * @param warnings what the source wants the user to know, in words; not empty means that the answer
 *     may be incomplete
 * @param complete false when part of the telemetry is missing (a query or a target failed, a limit
 *     cut the answer)
 */
public record Samples(
    Instant at,
    Duration window,
    List<RequestSample> requests,
    List<LatencySample> latencies,
    List<VolumeSample> volumes,
    List<SpanCall> spans,
    List<String> warnings,
    boolean complete) {

  public Samples {
    requests = List.copyOf(requests);
    latencies = List.copyOf(latencies);
    volumes = List.copyOf(volumes);
    spans = List.copyOf(spans);
    warnings = List.copyOf(warnings);
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "window %s (expected: a positive duration)".formatted(window));
    }
  }

  /** No telemetry in the window, and that is known. */
  public static Samples none(Instant at, Duration window) {
    return new Samples(at, window, List.of(), List.of(), List.of(), List.of(), List.of(), true);
  }
}
