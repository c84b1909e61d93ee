package pharos.config.routing.effective;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a proxy, found by address and port (R-OB-1). Those of a port may be made when it
 * is first asked for; equal calls, equal answers.
 */
public interface Listeners {
  /** The ports that something listens on, ascending. */
  List<Integer> ports();

  /** Those on a port, whatever their address, by address. */
  List<Listener> on(int port);

  /**
   * Chains for what no listener takes: passthrough or black hole on sidecars; null on gateways,
   * where nothing listens then.
   */
  @Nullable Listener fallback();

  /** The listener of an exact address, else of the wildcard address, else null. */
  default @Nullable Listener find(@Nullable String ip, int port) {
    Listener any = null;
    for (Listener listener : on(port)) {
      if (listener.address().equals(ip)) {
        return listener;
      }
      if (listener.address().equals(Listener.ANY_ADDRESS)) {
        any = listener;
      }
    }
    return any;
  }

  /** These, which exist already. */
  static Listeners of(Collection<Listener> listeners, @Nullable Listener fallback) {
    Map<Integer, Map<String, Listener>> byPort = new TreeMap<>();
    for (Listener listener : listeners) {
      byPort
          .computeIfAbsent(listener.port(), _ -> new TreeMap<>())
          .put(listener.address(), listener);
    }
    Map<Integer, List<Listener>> sorted = new TreeMap<>();
    byPort.forEach((port, byAddress) -> sorted.put(port, List.copyOf(byAddress.values())));
    return new Listeners() {
      @Override
      public List<Integer> ports() {
        return new ArrayList<>(sorted.keySet());
      }

      @Override
      public List<Listener> on(int port) {
        return sorted.getOrDefault(port, List.of());
      }

      @Override
      public @Nullable Listener fallback() {
        return fallback;
      }
    };
  }
}
