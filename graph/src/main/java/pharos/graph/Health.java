package pharos.graph;

import java.util.List;

/**
 * A judgement with its reasons.
 *
 * @param reasons why, worst first; empty only when there is nothing to say (healthy, or no data)
 */
public record Health(Status status, List<Reason> reasons) {

  public Health {
    reasons = List.copyOf(reasons);
  }

  /** Nothing to judge by. Not the same as healthy. */
  public static final Health NONE = new Health(Status.NOT_AVAILABLE, List.of());

  /** Ordered from harmless to worst. */
  public enum Status {
    NOT_AVAILABLE("na"),
    HEALTHY("healthy"),
    NOT_READY("notReady"),
    DEGRADED("degraded"),
    FAILURE("failure");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * One tolerance, or the workload's state, and what it says.
   *
   * @param text a sentence for a person, with the measured value and the threshold
   */
  public record Reason(Status status, String text) {}
}
