package pharos.backend.source.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pharos.backend.traffic.SourceStatus.State;

final class SourceHealthTest {
  private final SourceHealth health = new SourceHealth("x", "metrics", "starting");
  private int seconds;

  private State after(State poll) {
    Instant now = Instant.ofEpochSecond(++seconds);
    health.poll(poll, now, poll == State.OK ? now : null, poll.name(), List.of());
    return health.status(Map.of()).state();
  }

  @Test
  void poll_stateChanges_areShownAfterTwoPolls() {
    assertThat(health.status(Map.of()).state()).isEqualTo(State.STARTING);
    assertThat(after(State.OK)).isEqualTo(State.OK);
    assertThat(after(State.DOWN)).as("one bad poll").isEqualTo(State.OK);
    assertThat(after(State.OK)).isEqualTo(State.OK);
    assertThat(after(State.DOWN)).isEqualTo(State.OK);
    assertThat(after(State.DOWN)).as("two in a row").isEqualTo(State.DOWN);
    assertThat(health.status(Map.of()).since()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(health.status(Map.of()).observedAt()).isEqualTo(Instant.ofEpochSecond(3));
    assertThat(health.status(Map.of()).detail()).isEqualTo("DOWN");
  }
}
