package pharos.backend.source.kubernetes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.kubernetes.KindState.Phase;
import pharos.backend.traffic.SourceStatus;
import pharos.backend.traffic.SourceStatus.State;

/** From the states of the kinds to one state of the source, in words for the user. */
final class WatchStatus {
  private static final String NAME = "kubernetes";

  private WatchStatus() {}

  static SourceStatus of(Map<WatchedKind, KindState> kinds, Map<String, String> facts) {
    List<WatchedKind> failing = in(kinds, Phase.FAILING);
    List<WatchedKind> forbidden = in(kinds, Phase.FORBIDDEN);
    List<WatchedKind> missing = in(kinds, Phase.MISSING);
    List<WatchedKind> starting = in(kinds, Phase.STARTING);
    Map<String, String> allFacts = new TreeMap<>(facts);
    allFacts.put("following", Integer.toString(in(kinds, Phase.FOLLOWING).size()));
    if (!missing.isEmpty()) {
      allFacts.put("notInstalled", titles(missing));
    }
    Instant observedAt = oldest(kinds);
    return new SourceStatus(
        NAME,
        "cluster",
        state(kinds),
        observedAt,
        since(kinds),
        detail(kinds, failing, forbidden, starting, observedAt),
        warnings(kinds, failing, forbidden),
        allFacts);
  }

  static State state(Map<WatchedKind, KindState> kinds) {
    if (!in(kinds, Phase.FAILING).isEmpty()) {
      // One kind that fails may be that kind's fault; when none is followed it is the API's.
      return in(kinds, Phase.FOLLOWING).isEmpty() ? State.DOWN : State.STALE;
    }
    if (!in(kinds, Phase.STARTING).isEmpty()) {
      return State.STARTING;
    }
    return in(kinds, Phase.FORBIDDEN).isEmpty() ? State.OK : State.PARTIAL;
  }

  private static String detail(
      Map<WatchedKind, KindState> kinds,
      List<WatchedKind> failing,
      List<WatchedKind> forbidden,
      List<WatchedKind> starting,
      @Nullable Instant observedAt) {
    return switch (state(kinds)) {
      case OK -> "following " + in(kinds, Phase.FOLLOWING).size() + " kinds";
      case PARTIAL -> "no access to " + titles(forbidden);
      case STARTING ->
          "listing the cluster, %d of %d kinds to go".formatted(starting.size(), kinds.size());
      case STALE -> "not current: " + titles(failing);
      case DOWN ->
          observedAt == null
              ? "the Kubernetes API does not answer"
              : "the Kubernetes API does not answer; showing what was known before";
    };
  }

  private static List<String> warnings(
      Map<WatchedKind, KindState> kinds, List<WatchedKind> failing, List<WatchedKind> forbidden) {
    List<String> warnings = new ArrayList<>();
    // When all fail they fail alike: say it once.
    failing.stream()
        .map(kind -> kinds.get(kind))
        .filter(state -> state != null)
        .map(KindState::message)
        .distinct()
        .limit(5)
        .forEach(message -> warnings.add("Kubernetes API: " + message));
    forbidden.forEach(kind -> warnings.add("no access to " + kind.title()));
    return warnings;
  }

  /** When the present state began: with the first kind that causes it, or the last to recover. */
  private static @Nullable Instant since(Map<WatchedKind, KindState> kinds) {
    Phase cause =
        switch (state(kinds)) {
          case OK -> Phase.FOLLOWING;
          case PARTIAL -> Phase.FORBIDDEN;
          case STARTING -> Phase.STARTING;
          case STALE, DOWN -> Phase.FAILING;
        };
    return kinds.values().stream()
        .filter(state -> state.phase() == cause)
        .map(KindState::since)
        .reduce((a, b) -> (cause == Phase.FOLLOWING) == a.isAfter(b) ? a : b)
        .orElse(null);
  }

  /** The moment from which all that is shown was current, so far as it is shown at all. */
  private static @Nullable Instant oldest(Map<WatchedKind, KindState> kinds) {
    Instant oldest = null;
    for (KindState state : kinds.values()) {
      Instant at = state.currentAt();
      if (at != null
          && state.phase() != Phase.MISSING
          && state.phase() != Phase.FORBIDDEN
          && (oldest == null || at.isBefore(oldest))) {
        oldest = at;
      }
    }
    return oldest;
  }

  private static List<WatchedKind> in(Map<WatchedKind, KindState> kinds, Phase phase) {
    return kinds.entrySet().stream()
        .filter(entry -> entry.getValue().phase() == phase)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String titles(List<WatchedKind> kinds) {
    return String.join(", ", kinds.stream().map(WatchedKind::title).toList());
  }
}
