package pharos.backend.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.LargeMesh;

/**
 * What a demo mesh is like.
 *
 * @param seed the same seed gives the same traffic
 * @param services 0 for the hand-written mesh, otherwise the number of services of a generated one
 * @param rate multiplies all traffic, positive
 * @param sampling share of the requests that leave spans, 0–1
 * @param otlp where spans go, for example {@code http://127.0.0.1:4318/v1/traces}; null for nowhere
 * @param startedAt the wall-clock time of the simulation's beginning, for the spans' timestamps
 * @param pace real time between steps; null if only {@link DemoMesh#step} moves time
 * @param speed simulated seconds per real second
 */
public record DemoOptions(
    long seed,
    int services,
    double rate,
    double sampling,
    @Nullable URI otlp,
    Instant startedAt,
    @Nullable Duration pace,
    double speed) {

  private static final Duration DEFAULT_PACE = Duration.ofMillis(200);

  public DemoOptions {
    if (services < 0 || !(rate > 0) || !(sampling >= 0 && sampling <= 1) || !(speed > 0)) {
      throw new IllegalArgumentException(
          "services %d, rate %s, sampling %s, speed %s (expected: ≥ 0, > 0, 0 to 1, > 0)"
              .formatted(services, rate, sampling, speed));
    }
  }

  /** A mesh that lives in real time. A large one samples 1 % of its requests, a small one all. */
  public static DemoOptions live(long seed, int services, double rate, @Nullable URI otlp) {
    double sampling = otlp == null ? 0 : services > LargeMesh.LARGE ? 0.01 : 1;
    return new DemoOptions(seed, services, rate, sampling, otlp, Instant.now(), DEFAULT_PACE, 1);
  }

  /** The small mesh for tests: time moves only by {@link DemoMesh#step}, spans go nowhere. */
  public static DemoOptions stepped(long seed) {
    return new DemoOptions(seed, 0, 1, 0, null, Instant.EPOCH, null, 1);
  }

  /** The same with another number of services. */
  public DemoOptions withServices(int number) {
    return new DemoOptions(seed, number, rate, sampling, otlp, startedAt, pace, speed);
  }

  /** The same, with spans of this share of the requests sent there. */
  public DemoOptions withSpans(URI endpoint, double share) {
    return new DemoOptions(seed, services, rate, share, endpoint, startedAt, pace, speed);
  }
}
