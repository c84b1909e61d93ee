package pharos.config.istio;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most specific of many hosts for a name (R-NAME-7), in time that depends on the length
 * of the name and not on the number of hosts.
 *
 * @param <T> what a host leads to
 */
public final class HostIndex<T> {
  private final Map<String, T> exact = new HashMap<>();
  private final Map<String, T> bySuffix = new HashMap<>();

  /** Adds a host, exact or wildcard; of equal hosts the first stays. */
  public void add(String host, T value) {
    if (HostNames.isWildcard(host)) {
      bySuffix.putIfAbsent(host.substring(1), value);
    } else {
      exact.putIfAbsent(host, value);
    }
  }

  /**
   * What the most specific host leads to, or null. An exact name finds an equal host, else the
   * longest wildcard that covers it; a wildcard finds the longest wildcard that covers it.
   */
  public @Nullable T mostSpecific(String name) {
    boolean wildcard = HostNames.isWildcard(name);
    if (!wildcard) {
      T equal = exact.get(name);
      if (equal != null) {
        return equal;
      }
    }
    if (bySuffix.isEmpty()) {
      return null;
    }
    for (int from = wildcard ? 1 : 0; from <= name.length(); from++) {
      T covering = bySuffix.get(name.substring(from));
      if (covering != null) {
        return covering;
      }
    }
    return null;
  }
}
