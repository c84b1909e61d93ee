package pharos.backend.traffic;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source is, and how old its data is. Age is part of the data: whoever shows a number shows
 * this with it.
 *
 * @param name unique, for example {@code prometheus}
 * @param kind what it supplies: {@code metrics}, {@code cluster}, {@code store} or {@code traces}
 * @param observedAt when the newest data was current; null before the first answer
 * @param since when the present state began
 * @param detail one sentence for the user
 * @param warnings what the source itself warned of
 * @param facts small facts worth showing, by name
 */
public record SourceStatus(
    String name,
    String kind,
    State state,
    @Nullable Instant observedAt,
    @Nullable Instant since,
    String detail,
    List<String> warnings,
    Map<String, String> facts) {

  public SourceStatus {
    warnings = List.copyOf(warnings);
    facts = Map.copyOf(facts);
  }

  /** From best to worst, apart from {@link #STARTING}, which has not answered yet. */
  public enum State {
    OK,
    PARTIAL,
    STALE,
    DOWN,
    STARTING
  }
}
