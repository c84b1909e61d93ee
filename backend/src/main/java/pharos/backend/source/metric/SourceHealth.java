package pharos.backend.source.metric;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;

/**
 * What a source reports of itself, with hysteresis: a new state is shown once two polls in a row
 * said so, because a source that flaps must not make every screen flicker. The first answer counts
 * at once. Safe to use from several threads.
 */
public final class SourceHealth {
  private static final int POLLS_TO_CHANGE = 2;

  private final String name;
  private final String kind;
  private State shown = State.STARTING;
  private State candidate = State.STARTING;
  private int candidatePolls;
  private @Nullable Instant observedAt;
  private @Nullable Instant since;
  private String detail;
  private List<String> warnings = List.of();

  public SourceHealth(String name, String kind, String detail) {
    this.name = name;
    this.kind = kind;
    this.detail = detail;
  }

  /**
   * Records one poll.
   *
   * @param dataAt end of the newest data, null when this poll brought none
   */
  public synchronized void poll(
      State state, Instant now, @Nullable Instant dataAt, String words, List<String> said) {
    if (dataAt != null && (observedAt == null || dataAt.isAfter(observedAt))) {
      observedAt = dataAt;
    }
    candidatePolls = state == candidate ? candidatePolls + 1 : 1;
    candidate = state;
    if (shown == State.STARTING || state == shown || candidatePolls >= POLLS_TO_CHANGE) {
      if (state != shown) {
        since = now;
      }
      shown = state;
      detail = words;
    }
    warnings = List.copyOf(said);
  }

  /** The state to show. */
  public synchronized SourceStatus status(Map<String, String> facts) {
    return new SourceStatus(name, kind, shown, observedAt, since, detail, warnings, facts);
  }
}
