package pharos.backend.change;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pharos.backend.change.ClusterWriter.Reading;
import pharos.backend.change.ClusterWriter.Write;
import pharos.backend.change.Settlement.Outcome;
import pharos.config.resource.JsonText;
import pharos.config.resource.Node;

/**
 * Brings one accepted change to its end: forward step by step, or back in reverse order once a step
 * could not be done. It begins wherever the journal says that a process before it stopped.
 */
final class ChangeRun {
  /** After that long nobody expects that an accepted change still goes on by itself. */
  static final Duration STALE = Duration.ofMinutes(10);

  private final ClusterWriter cluster;
  private final Journal journal;
  private final String runner;
  private final ChangeSettings settings;
  private final Settlement settlement;
  private Change change;

  ChangeRun(
      ClusterWriter cluster,
      Journal journal,
      String runner,
      ChangeSettings settings,
      Change change) {
    this.cluster = cluster;
    this.journal = journal;
    this.runner = runner;
    this.settings = settings;
    this.change = change;
    this.settlement = new Settlement(cluster, settings, () -> journal.renew(change.id(), runner));
  }

  /**
   * The change at its end.
   *
   * @throws ChangeFailure.JournalAway when the journal does not answer; somebody has to take over
   *     later
   */
  Change run() throws InterruptedException {
    if (change.state() == Change.State.APPLYING) {
      forward();
    }
    if (change.state() == Change.State.COMPENSATING) {
      back();
    }
    return change;
  }

  /** Takes back what was begun too long ago, instead of going on. */
  Change giveUp() throws InterruptedException {
    change =
        change.with(Change.State.COMPENSATING, "nobody worked on it for more than ten minutes");
    back();
    return change;
  }

  private void forward() throws InterruptedException {
    List<Step> steps = change.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.state() == Step.State.APPLIED) {
        continue;
      }
      if (i > 0 && WriteOrder.isRoute(step.key()) != WriteOrder.isRoute(steps.get(i - 1).key())) {
        pause(settings.barrier());
      }
      boolean inherited = step.state() == Step.State.INTENT;
      if (!inherited) {
        record(step.with(Step.State.INTENT, ""));
      }
      Write write = StepWrites.of(change, step);
      String mark = mark(step);
      Settlement.Recognition ours = found -> Images.mark(found).equals(mark);
      Outcome outcome = inherited ? settlement.resume(write, ours) : settlement.write(write, ours);
      switch (outcome) {
        case Outcome.Happened(String left) -> record(step.with(Step.State.APPLIED, left, ""));
        case Outcome.Not(String why) -> {
          change =
              change.with(
                  Change.State.COMPENSATING,
                  "step %d (%s): %s".formatted(step.number(), step.key().origin(), why));
          record(step.with(Step.State.NOT_APPLIED, why));
          return;
        }
        case Outcome.Unknown(String why) -> {
          record(step.with(Step.State.UNKNOWN, why));
          end(
              Change.State.NEEDS_HUMAN,
              "step %d (%s): %s".formatted(step.number(), step.key().origin(), why));
          return;
        }
      }
    }
    end(Change.State.DONE, "");
  }

  private void back() throws InterruptedException {
    boolean changed = false;
    boolean left = false;
    for (Step step : change.steps().reversed()) {
      switch (step.state()) {
        case PLANNED, NOT_APPLIED -> {}
        case UNDONE -> changed = true;
        case LEFT, UNKNOWN -> left = true;
        case INTENT -> left |= !abandoned(step);
        case APPLIED, UNDO_INTENT -> {
          changed = true;
          left |= !undo(step);
        }
      }
    }
    String why = change.detail();
    if (left) {
      end(Change.State.NEEDS_HUMAN, why);
    } else {
      end(changed ? Change.State.REVERTED : Change.State.REJECTED, why);
    }
  }

  /** A write of long ago that nobody knows about. Whether nothing of it is left to take back. */
  private boolean abandoned(Step step) throws InterruptedException {
    Write write = StepWrites.of(change, step);
    return switch (cluster.read(step.key(), step.version())) {
      case Reading.Found(String json)
          when step.after() != null && Images.mark(Images.read(json)).equals(mark(step)) ->
          undo(applied(step, json));
      case Reading.Missing() when write instanceof Write.Delete -> undo(applied(step, ""));
      case Reading.Unreadable(String reason) -> {
        record(step.with(Step.State.UNKNOWN, reason));
        yield false;
      }
      default -> {
        record(step.with(Step.State.NOT_APPLIED, "it never reached the cluster"));
        yield true;
      }
    };
  }

  private Step applied(Step step, String left) {
    Step next = step.with(Step.State.APPLIED, left, "");
    record(next);
    return next;
  }

  /** Puts the object back if it is exactly as we left it. */
  private boolean undo(Step step) throws InterruptedException {
    Node.Mapping now = null;
    switch (cluster.read(step.key(), step.version())) {
      case Reading.Found(String json) -> now = Images.read(json);
      case Reading.Missing() -> {}
      case Reading.Unreadable(String reason) -> {
        record(step.with(Step.State.UNKNOWN, reason));
        return false;
      }
    }
    if (isUndone(step, now)) {
      record(step.with(Step.State.UNDONE, ""));
      return true;
    }
    if (!isAsLeft(step, now)) {
      record(
          step.with(
              Step.State.LEFT,
              "it is not as this change left it"
                  + (now == null ? ": somebody deleted it" : Settlement.by(now))));
      return false;
    }
    record(step.with(Step.State.UNDO_INTENT, ""));
    Write write = undoing(step, now);
    return switch (settlement.write(write, found -> isUndone(step, found))) {
      case Outcome.Happened _ -> {
        record(step.with(Step.State.UNDONE, ""));
        yield true;
      }
      case Outcome.Not(String why) -> {
        record(step.with(Step.State.LEFT, why));
        yield false;
      }
      case Outcome.Unknown(String why) -> {
        record(step.with(Step.State.UNKNOWN, why));
        yield false;
      }
    };
  }

  private boolean isUndone(Step step, Node.@Nullable Mapping now) {
    if (step.before() == null || now == null) {
      return step.before() == null && now == null;
    }
    return Images.sameContent(now, StepWrites.base(change, step));
  }

  private static boolean isAsLeft(Step step, Node.@Nullable Mapping now) {
    String left = step.left();
    if (left == null || left.isEmpty()) {
      return now == null;
    }
    return now != null && Images.sameContent(now, Images.read(left));
  }

  private Write undoing(Step step, Node.@Nullable Mapping now) {
    if (step.before() == null) {
      Node.Mapping created = Objects.requireNonNull(now, "what was created is as we left it");
      return new Write.Delete(
          step.key(), step.version(), Images.uid(created), Images.resourceVersion(created));
    }
    Node.Mapping before = StepWrites.base(change, step);
    return now == null
        ? new Write.Create(step.key(), step.version(), JsonText.of(Images.content(before)))
        : new Write.Replace(step.key(), step.version(), JsonText.of(Images.restored(before, now)));
  }

  /** What our write of this step leaves on the object. */
  private static String mark(Step step) {
    return step.after() == null ? "" : Images.mark(Images.read(step.after()));
  }

  private void pause(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    long left = length.toNanos();
    while (left > 0) {
      Thread.sleep(Duration.ofNanos(Math.min(left, settings.renewEvery().toNanos())));
      journal.renew(change.id(), runner);
      left = end - System.nanoTime();
    }
  }

  private void record(Step step) {
    change = change.with(step);
    journal.record(change, step, runner);
  }

  private void end(Change.State state, String why) {
    change = change.with(state, why);
    journal.end(change, runner);
  }
}
