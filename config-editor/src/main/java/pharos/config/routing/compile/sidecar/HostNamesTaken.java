package pharos.config.routing.compile.sidecar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import pharos.config.routing.compile.sidecar.VirtualHostDomains.Domains;

/** Domains of one route configuration: each belongs to one virtual host (R-OB-14). */
final class HostNamesTaken {
  private final Set<String> domains = new HashSet<>();
  private final Set<String> serviceHosts = new HashSet<>();

  /** Notes a service: variants of other names that equal its host are not given away. */
  void reserve(String serviceHost) {
    serviceHosts.add(serviceHost);
  }

  /** Those of the wished domains that are still free, now taken; first come, first served. */
  List<String> take(Domains wished) {
    List<String> got = new ArrayList<>(wished.all().size());
    for (String domain : wished.all()) {
      boolean someoneElses = wished.variants().contains(domain) && serviceHosts.contains(domain);
      if (!someoneElses && domains.add(domain.toLowerCase(Locale.ROOT))) {
        got.add(domain);
      }
    }
    return got;
  }
}
