package pharos.backend.change;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Port: what was meant and what came of it, kept durably. When a method returns, its effect is
 * committed. Calls block, bounded. Times are the store's own.
 *
 * <p>Every method throws {@link ChangeFailure.JournalAway} when the store does not answer; then
 * nothing may be assumed, and nothing may be written to the cluster.
 */
public interface Journal {

  /** Keeps a new change. */
  void add(Change change);

  /** One change. */
  Optional<Change> find(UUID id);

  /** The newest first. */
  List<Change> newest(int limit);

  /**
   * Takes the objects of a previewed change for it and lets it begin.
   *
   * @param by who applies it
   * @param idempotencyKey null when the client sent none
   * @param runner the process that will write
   */
  Acceptance accept(Change change, String by, @Nullable String idempotencyKey, String runner);

  /** Keeps a step and the state of its change, together. Fails when another process took over. */
  void record(Change change, Step step, String runner);

  /** Keeps the last state of a change, and gives its objects back; fails as {@link #record}. */
  void end(Change change, String runner);

  /** Says that the process still works on the change; fails as {@link #record}. */
  void renew(UUID id, String runner);

  /**
   * Takes over one running change whose process has not been heard of; empty when there is none.
   */
  Optional<Abandoned> takeOver(String runner);

  /** Keeps an attempt that no change came of: denied, or refused. */
  void attempt(Attempt attempt);

  /** Whether the audit rows are the ones that were written, in their order. */
  boolean auditHolds();

  /**
   * A change whose process is gone.
   *
   * @param silence since that process was heard of
   */
  record Abandoned(Change change, Duration silence) {}

  /**
   * An attempt.
   *
   * @param what was tried, in words
   * @param change null when it was about none
   */
  record Attempt(String who, String what, @Nullable UUID change, String detail) {}

  /** Whether a change may begin. */
  sealed interface Acceptance {
    /** It is this process's to run. */
    record Begun(Change change) implements Acceptance {}

    /** The same key came before; nothing begins again. */
    record Again(Change change) implements Acceptance {}

    /** An object belongs to another change that is running. */
    record Busy(String object, Change other) implements Acceptance {}

    /** The change is not in a state that can be applied. */
    record Past(Change change) implements Acceptance {}

    /** The key came before, for another change. */
    record KeyTaken(UUID other) implements Acceptance {}
  }
}
