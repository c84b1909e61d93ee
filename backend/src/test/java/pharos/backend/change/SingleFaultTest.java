package pharos.backend.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pharos.backend.demo.apiserver.Call;
import pharos.backend.demo.apiserver.Faults.Fault;
import pharos.backend.store.Database;
import pharos.backend.store.PostgresForTests;

/**
 * A change of four steps with one thing going wrong, everywhere it can: each call to the API server
 * with each fault, and the process gone after each entry of the journal.
 */
@Tag("slow")
@Timeout(300)
final class SingleFaultTest {
  private static final List<Fault> FAULTS =
      List.of(
          new Fault.DropBefore(),
          new Fault.DropAfter(),
          new Fault.Refuse(403, "Forbidden", "no"),
          new Fault.Refuse(409, "Conflict", "the object has been modified"),
          new Fault.Refuse(422, "Invalid", "no such field"),
          new Fault.Refuse(429, "TooManyRequests", "later"),
          new Fault.Refuse(500, "InternalError", "failed calling webhook \"rev\""),
          new Fault.Refuse(503, "ServiceUnavailable", "etcd"),
          new Fault.Mislead(500, "InternalError", "timeout"),
          new Fault.Delay(Duration.ofMillis(60)));

  private static boolean isWrite(Call call) {
    return call.mutating();
  }

  private static boolean isRead(Call call) {
    return call.verb().equals("get");
  }

  private static PostgresForTests postgres;
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    postgres = new PostgresForTests();
    database = postgres.open(postgres.emptyDatabase());
  }

  @AfterAll
  static void stop() {
    database.close();
    postgres.close();
  }

  /** I-1, I-4, I-6, I-23: the record is the truth, and the cluster is before or after, whole. */
  @Test
  void oneCallGoesWrong_theClusterIsWholeAndTheRecordIsTrue() throws Exception {
    List<String> violations = new ArrayList<>();
    int runs = 0;
    for (Predicate<Call> calls :
        List.<Predicate<Call>>of(SingleFaultTest::isWrite, SingleFaultTest::isRead)) {
      for (Fault fault : FAULTS) {
        for (int call = 1; call <= 4; call++) {
          runs++;
          try (ClusterUnderChange world = new ClusterUnderChange(database)) {
            Preview preview = world.fourSteps();
            world.simulator.server.faults().add(nth(calls, call), fault, 1);
            violations.addAll(
                violations(
                    "%s call %d".formatted(fault, call), world, preview.change().id(), preview));
          }
        }
      }
    }
    assertThat(runs).isEqualTo(80);
    assertThat(violations).isEmpty();
  }

  private static List<String> violations(
      String what, ClusterUnderChange world, UUID id, Preview preview) {
    Map<String, String> before = world.content();
    try {
      world.changes.apply(id, preview.change().hash(), Set.of(), null, "ada");
    } catch (ChangeFailure e) {
      return world.content().equals(before) ? List.of() : List.of(what + ": refused, and changed");
    }
    return judged(what, world, world.ended(id), before);
  }

  private static List<String> judged(
      String what, ClusterUnderChange world, Change ended, Map<String, String> before) {
    List<String> violations = new ArrayList<>();
    Map<String, String> now = world.content();
    switch (ended.state()) {
      case DONE -> {
        if (!now.keySet()
                .equals(
                    Set.of("DestinationRule reviews", "ServiceEntry out", "VirtualService reviews"))
            || !now.getOrDefault("VirtualService reviews", "").contains("\"weight\":20")) {
          violations.add(what + ": done, but " + now);
        }
      }
      case REVERTED, REJECTED -> {
        if (!now.equals(before)) {
          violations.add("%s: %s, but %s".formatted(what, ended.state(), now));
        }
      }
      case PREVIEWED, APPLYING, COMPENSATING, NEEDS_HUMAN ->
          violations.add("%s: %s (%s)".formatted(what, ended.state(), ended.detail()));
    }
    for (Step step : ended.steps()) {
      boolean expected =
          ended.state() == Change.State.DONE
              ? step.state() == Step.State.APPLIED
              : Set.of(Step.State.PLANNED, Step.State.NOT_APPLIED, Step.State.UNDONE)
                  .contains(step.state());
      if (!expected) {
        violations.add("%s: %s with a step %s".formatted(what, ended.state(), step.state()));
      }
    }
    return violations;
  }

  /** I-1, I-2: a process that ends after any entry leaves what the next one can finish. */
  @Test
  void processEndsAnywhere_theNextOneFinishes() throws Exception {
    List<String> violations = new ArrayList<>();
    int crashes = 0;
    for (boolean failing : new boolean[] {false, true}) {
      for (int entry = 1; entry <= 20; entry++) {
        try (ClusterUnderChange world = new ClusterUnderChange(database)) {
          Change change = world.fourSteps().change();
          Map<String, String> before = world.content();
          if (failing) {
            world
                .simulator
                .server
                .faults()
                .add(nth(SingleFaultTest::isWrite, 3), new Fault.Refuse(403, "Forbidden", "no"), 1);
          }
          DyingJournal dying = new DyingJournal(world.journal, entry);
          boolean died = runs(world, dying, change);
          crashes += died ? 1 : 0;
          if (died) {
            world.forget(change.id());
            Journal.Abandoned taken = world.journal.takeOver("second").orElseThrow();
            new ChangeRun(
                    world.cluster,
                    world.journal,
                    "second",
                    ClusterUnderChange.QUICK,
                    taken.change())
                .run();
          }
          violations.addAll(
              judged(
                  "entry %d%s".formatted(entry, failing ? ", refused" : ""),
                  world,
                  world.changes.find(change.id()),
                  before));
        }
      }
    }
    assertThat(crashes).isGreaterThan(15);
    assertThat(violations).isEmpty();
  }

  /** A change of which nobody heard for long is taken back instead. */
  @Test
  void abandonedForLong_isTakenBack() throws Exception {
    for (int entry = 1; entry <= 9; entry++) {
      try (ClusterUnderChange world = new ClusterUnderChange(database)) {
        Change change = world.fourSteps().change();
        Map<String, String> before = world.content();
        if (!runs(world, new DyingJournal(world.journal, entry), change)) {
          continue;
        }
        world.forget(change.id());
        Change ended =
            new ChangeRun(
                    world.cluster,
                    world.journal,
                    "second",
                    ClusterUnderChange.QUICK,
                    world.journal.takeOver("second").orElseThrow().change())
                .giveUp();
        assertThat(ended.state())
            .as("entry %d", entry)
            .isIn(Change.State.REVERTED, Change.State.REJECTED);
        assertThat(world.content()).as("entry %d", entry).isEqualTo(before);
      }
    }
  }

  /** Whether the process died before the end. */
  private static boolean runs(ClusterUnderChange world, DyingJournal dying, Change change)
      throws InterruptedException {
    try {
      Journal.Acceptance accepted = dying.accept(change, "ada", null, "first");
      assertThat(accepted).isInstanceOf(Journal.Acceptance.Begun.class);
      new ChangeRun(world.cluster, dying, "first", ClusterUnderChange.QUICK, change.started())
          .run();
      return false;
    } catch (ChangeFailure.JournalAway _) {
      return true;
    }
  }

  private static Predicate<Call> nth(Predicate<Call> calls, int number) {
    int[] left = {number};
    return call -> calls.test(call) && --left[0] == 0;
  }
}
