package pharos.backend.change;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Manifest;
import pharos.config.resource.ResourceKey;

/**
 * One object of a change.
 *
 * @param number from 1, in the order of writing
 * @param version of the API to write in, for example {@code v1}
 * @param before the object as previewed, whole; null when it is created
 * @param after the object as it will be sent, whole; null when it is deleted
 * @param state how far this step is
 * @param left the object as read back after our write; null before it, and after a deletion
 * @param detail why it is so, for people; empty when there is nothing to say
 */
public record Step(
    int number,
    ResourceKey key,
    String version,
    @Nullable String before,
    @Nullable String after,
    State state,
    @Nullable String left,
    String detail) {

  public Step {
    if (before == null && after == null) {
      throw new IllegalArgumentException(
          "step %d of %s: neither before nor after (expected: one of them)"
              .formatted(number, key.origin()));
    }
  }

  /** What the step does to its object. */
  public Op op() {
    return before == null ? Op.CREATE : after == null ? Op.DELETE : Op.REPLACE;
  }

  /** The object before, as a person reads it; empty when it is created. */
  public String beforeText() {
    return text(before);
  }

  /** The object after, as a person reads it; empty when it is deleted. */
  public String afterText() {
    return text(after);
  }

  private String text(@Nullable String json) {
    return json == null ? "" : Manifest.text(Images.resource(key, Images.read(json)));
  }

  /** Kinds of writes. */
  public enum Op {
    CREATE,
    REPLACE,
    DELETE
  }

  /** How far a step is. The journal has each state before the next one begins. */
  public enum State {
    /** Nothing was sent. */
    PLANNED,
    /** A write may be on its way. */
    INTENT,
    /** Read back. */
    APPLIED,
    /** Nothing was changed, and nothing will be. */
    NOT_APPLIED,
    /** Taking it back may be on its way. */
    UNDO_INTENT,
    /** As it was before. */
    UNDONE,
    /** The object is not as we left it, so it stays as it is. */
    LEFT,
    /** Nobody could find out. */
    UNKNOWN
  }

  Step with(State next, @Nullable String leftAs, String why) {
    return new Step(number, key, version, before, after, next, leftAs, why);
  }

  Step with(State next, String why) {
    return with(next, left, why);
  }
}
