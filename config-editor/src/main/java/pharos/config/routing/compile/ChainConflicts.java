package pharos.config.routing.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;

/** Filter chains that Envoy refuses to have side by side (R-ENV-42). */
public final class ChainConflicts {
  private ChainConflicts() {}

  private record Corner(String serverName, String destination, Protocol protocol) {}

  /** Why a listener with these chains is refused, or null if it is not. */
  public static @Nullable String reason(List<Chain> chains) {
    Map<Corner, Integer> taken = new HashMap<>();
    for (int i = 0; i < chains.size(); i++) {
      Match match = chains.get(i).match();
      // Whether a chain decrypts is no part of its match.
      Protocol protocol = match.protocol() == Protocol.TLS ? Protocol.ANY : match.protocol();
      for (String name : orAny(match.serverNames())) {
        for (String destination : orAny(match.destinations())) {
          Integer other = taken.putIfAbsent(new Corner(name, destination, protocol), i);
          if (other != null && other != i) {
            return "two filter chains match the same: server name %s, destination %s"
                .formatted(
                    name.isEmpty() ? "any" : name, destination.isEmpty() ? "any" : destination);
          }
        }
      }
    }
    return null;
  }

  private static List<String> orAny(List<String> values) {
    return values.isEmpty() ? List.of("") : values;
  }
}
