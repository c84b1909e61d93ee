package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

final class GateTest {

  @Test
  void pass_whenFull_letsSomeWaitInOrderAndRefusesTheRest() {
    Gate gate = new Gate(1, 1);
    Promise<String> first = Promise.promise();
    Future<String> running = gate.pass(first::future);
    Future<String> waiting = gate.pass(() -> Future.succeededFuture("second"));
    Future<String> refused = gate.pass(() -> Future.succeededFuture("third"));
    assertThat(waiting.isComplete()).isFalse();
    assertThat(refused.failed()).isTrue();
    assertThat(Problem.of(refused.cause()).code()).isEqualTo("busy");
    first.complete("first");
    assertThat(running.result()).isEqualTo("first");
    assertThat(waiting.result()).isEqualTo("second");
  }

  @Test
  void pass_whenTheWorkThrows_givesItsPlaceBack() {
    Gate gate = new Gate(1, 0);
    Future<String> thrown =
        gate.pass(() -> {
          throw new IllegalStateException("broken");
        });
    assertThat(thrown.failed()).isTrue();
    assertThat(gate.pass(() -> Future.succeededFuture("next")).result()).isEqualTo("next");
  }
}
