package pharos.backend.change;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set of writes that belongs together, from its preview to its outcome.
 *
 * @param title one line for people
 * @param author who proposed it
 * @param at when it was proposed
 * @param reverts the change that this one takes back; null for others
 * @param hash of everything that will be sent and of what it was built on
 * @param detail how it ended, for people; empty while there is nothing to say
 */
public record Change(
    UUID id,
    String title,
    String author,
    Instant at,
    @Nullable UUID reverts,
    String hash,
    State state,
    String detail,
    List<Step> steps) {

  public Change {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "change %s: no step (expected: at least one)".formatted(id));
    }
  }

  /** Where a change is in its life. */
  public enum State {
    /** Shown, not accepted: nothing was sent but dry runs. */
    PREVIEWED,
    /** Steps are being written. */
    APPLYING,
    /** All steps are in the cluster. */
    DONE,
    /** A step could not be done; the ones before are being taken back. */
    COMPENSATING,
    /** It failed, and the cluster is as it was before. */
    REVERTED,
    /** Refused before anything was changed. */
    REJECTED,
    /** Somebody has to look: the steps say what is known. */
    NEEDS_HUMAN;

    /** Nothing more will happen by itself. */
    public boolean ended() {
      return switch (this) {
        case PREVIEWED, APPLYING, COMPENSATING -> false;
        case DONE, REVERTED, REJECTED, NEEDS_HUMAN -> true;
      };
    }

    /** For people, after "it is". */
    public String words() {
      return switch (this) {
        case PREVIEWED -> "not applied yet";
        case APPLYING -> "being applied";
        case DONE -> "done";
        case COMPENSATING -> "being taken back";
        case REVERTED -> "taken back after a failure";
        case REJECTED -> "rejected";
        case NEEDS_HUMAN -> "waiting for somebody to look";
      };
    }

    /** Writes may be on their way. */
    public boolean running() {
      return this == APPLYING || this == COMPENSATING;
    }
  }

  /** The same, as its first step may be written. */
  public Change started() {
    return with(State.APPLYING, "");
  }

  Change with(State next, String why) {
    return new Change(id, title, author, at, reverts, hash, next, why, steps);
  }

  Change with(Step changed) {
    List<Step> next =
        steps.stream().map(step -> step.number() == changed.number() ? changed : step).toList();
    return new Change(id, title, author, at, reverts, hash, state, detail, next);
  }
}
