package pharos.backend.source.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CircuitTest {
  private Instant now = Instant.EPOCH;
  private final Circuit circuit = new Circuit(() -> now, new Random(7));

  @Test
  void waitFor_afterThreeFailures_growsToHalfAMinute() {
    circuit.failed();
    circuit.failed();
    assertThat(circuit.waitFor()).isZero();

    Duration longest = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      circuit.failed();
      Duration wait = circuit.waitFor();
      assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
      longest = wait;
      now = now.plus(wait);
      assertThat(circuit.waitFor()).as("one question may try").isZero();
      assertThat(circuit.waitFor()).as("others wait for it").isPositive();
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(14));

    circuit.succeeded();
    assertThat(circuit.waitFor()).isZero();
  }
}
