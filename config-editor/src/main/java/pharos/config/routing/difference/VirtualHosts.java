package pharos.config.routing.difference;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.VirtualHost;

/** The virtual hosts of a route configuration by domain (R-ENV-1). */
final class VirtualHosts {
  private final Map<String, VirtualHost> byDomain = new HashMap<>();

  private VirtualHosts() {}

  /** Null, a configuration that does not exist, has none. */
  static VirtualHosts of(@Nullable RouteConfiguration configuration) {
    VirtualHosts hosts = new VirtualHosts();
    if (configuration != null) {
      for (VirtualHost host : configuration.virtualHosts()) {
        host.domains().forEach(domain -> hosts.byDomain.putIfAbsent(domain, host));
      }
    }
    return hosts;
  }

  Set<String> domains() {
    return byDomain.keySet();
  }

  /**
   * The virtual host of the hosts that a domain covers and that no more specific domain does: its
   * own, or that of the most specific wildcard around it.
   */
  @Nullable VirtualHost covering(String domain) {
    VirtualHost own = byDomain.get(domain);
    if (own != null) {
      return own;
    }
    String text = domain.startsWith("*") ? domain.substring(1) : domain;
    // Longest suffix wildcard first; a suffix needs a character before it.
    for (int start = domain.startsWith("*") ? 0 : 1; start < text.length(); start++) {
      VirtualHost found = byDomain.get("*" + text.substring(start));
      if (found != null) {
        return found;
      }
    }
    if (!domain.startsWith("*")) {
      String head = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
      for (int end = text.endsWith("*") ? head.length() : head.length() - 1; end > 0; end--) {
        VirtualHost found = byDomain.get(head.substring(0, end) + "*");
        if (found != null) {
          return found;
        }
      }
    }
    return byDomain.get("*");
  }
}
