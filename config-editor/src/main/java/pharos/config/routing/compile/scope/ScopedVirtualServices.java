package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.HostIndex;
import pharos.config.istio.HostNames;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.VirtualService;

/**
 * VirtualServices of an egress listener in scope order (R-SC-10), found by host without looking at
 * all of them. Hosts count in lower case (R-NAME-8).
 */
public final class ScopedVirtualServices {
  private final List<VirtualService> all;
  private final Map<String, List<Integer>> byExactHost = new HashMap<>();
  private final List<WildcardHost> wildcards = new ArrayList<>();
  private final HostIndex<VirtualService> owners = new HostIndex<>();

  private record WildcardHost(String host, int position) {}

  ScopedVirtualServices(List<VirtualService> all) {
    this.all = List.copyOf(all);
    for (int position = 0; position < all.size(); position++) {
      VirtualService one = all.get(position);
      for (String written : one.hosts()) {
        String host = written.toLowerCase(Locale.ROOT);
        owners.add(host, one);
        if (HostNames.isWildcard(host)) {
          wildcards.add(new WildcardHost(host, position));
        } else {
          byExactHost.computeIfAbsent(host, _ -> new ArrayList<>(1)).add(position);
        }
      }
    }
  }

  /** All, in scope order. */
  public List<VirtualService> all() {
    return all;
  }

  /** R-VS-10: whose wildcard host a service belongs to, or null. */
  public @Nullable VirtualService owner(String serviceHost) {
    return owners.mostSpecific(serviceHost);
  }

  /** Those with a host that overlaps one of these, in scope order (R-OB-18). */
  public List<VirtualService> forServices(Collection<String> serviceHosts) {
    TreeSet<Integer> positions = new TreeSet<>();
    for (String host : serviceHosts) {
      positions.addAll(byExactHost.getOrDefault(host, List.of()));
    }
    for (WildcardHost wildcard : wildcards) {
      if (!positions.contains(wildcard.position())
          && serviceHosts.stream().anyMatch(host -> Hosts.overlap(host, wildcard.host()))) {
        positions.add(wildcard.position());
      }
    }
    return positions.stream().map(all::get).toList();
  }

  /** R-L4-1: those with a host that overlaps a service's, in scope order. */
  public List<VirtualService> overlapping(String serviceHost) {
    TreeSet<Integer> positions = new TreeSet<>();
    if (HostNames.isWildcard(serviceHost)) {
      byExactHost.forEach((host, at) -> {
        if (Hosts.overlap(host, serviceHost)) {
          positions.addAll(at);
        }
      });
    } else {
      positions.addAll(byExactHost.getOrDefault(serviceHost, List.of()));
    }
    for (WildcardHost wildcard : wildcards) {
      if (Hosts.overlap(serviceHost, wildcard.host())) {
        positions.add(wildcard.position());
      }
    }
    return positions.stream().map(all::get).toList();
  }
}
