package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hosts that TLS servers of one address and port use already, compared as texts (R-GW-11, R-GW-33).
 */
final class HostsUsed {
  private final Set<String> used = new HashSet<>();

  /**
   * Takes hosts. Those that were free are taken even if others were not, as istiod does it.
   *
   * @return those that somebody has already; empty when all were free
   */
  List<String> take(List<String> hosts) {
    List<String> duplicates = new ArrayList<>();
    for (String host : hosts) {
      if (!used.add(host)) {
        duplicates.add(host);
      }
    }
    return duplicates;
  }
}
