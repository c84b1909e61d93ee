package pharos.config.routing.effective;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a proxy, found by address and port (R-OB-1).
 *
 * @param all by name, in the order they were made
 * @param fallback chains for what no listener takes: passthrough or black hole on sidecars; null on
 *     gateways, where nothing listens then
 */
public record Listeners(Map<String, Listener> all, @Nullable Listener fallback) {
  public Listeners {
    all = Map.copyOf(new LinkedHashMap<>(all));
  }

  /** Listeners by their names. */
  public static Listeners of(Collection<Listener> listeners, @Nullable Listener fallback) {
    Map<String, Listener> byName = new HashMap<>();
    for (Listener listener : listeners) {
      byName.put(listener.name(), listener);
    }
    return new Listeners(byName, fallback);
  }

  /** The listener of an exact address, else of the wildcard address, else null. */
  public @Nullable Listener find(@Nullable String ip, int port) {
    Listener exact = ip == null ? null : all.get(Listener.name(ip, port));
    return exact != null ? exact : all.get(Listener.name(Listener.ANY_ADDRESS, port));
  }

  /** Those on a port, whatever their address. */
  public List<Listener> on(int port) {
    return all.values().stream().filter(listener -> listener.port() == port).toList();
  }
}
