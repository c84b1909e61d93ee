package pharos.config.routing.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.cluster.LocalitySetting.Distribution;
import pharos.config.routing.cluster.LocalitySetting.Kind;
import pharos.config.routing.effective.Cluster.Block;
import pharos.config.routing.effective.Cluster.Endpoint;

/** Gives endpoints the priorities and weights that a client sees (R-DR-42 to R-DR-45). */
final class LocalityBalancing {
  /** R-DR-43, R-DR-44: priorities by distance go from 0 to 4. */
  private static final int DISTANCES = 5;

  private final Proxy.Kind kind;
  private final LocalitySetting setting;
  private final boolean failsOver;
  private final Locality client;
  private final Map<String, String> clientLabels;

  private LocalityBalancing(Proxy proxy, LocalitySetting setting, boolean failsOver) {
    this.kind = proxy.kind();
    this.setting = setting;
    this.failsOver = failsOver;
    this.client = Locality.parse(proxy.locality());
    this.clientLabels = client.augment(proxy.labels());
  }

  static LocalityBalancing of(
      Proxy proxy, MeshService service, Map<String, Block> blocks, MeshFacts facts) {
    LocalitySetting setting = LocalitySetting.of(service, blocks, facts.resources(), facts.mesh());
    // R-DR-43: without it Envoy would never leave a priority.
    boolean detects = blocks.containsKey(DestinationRule.OUTLIER_DETECTION);
    return new LocalityBalancing(proxy, setting, detects || setting.forced());
  }

  List<Endpoint> apply(List<Endpoint> endpoints) {
    if (setting.kind() == Kind.OFF || endpoints.isEmpty() || unsupported()) {
      return endpoints;
    }
    if (setting.kind() == Kind.LOCALITY && !setting.distribute().isEmpty()) {
      for (Distribution distribution : setting.distribute()) {
        if (client.matches(distribution.from())) {
          return distributed(endpoints, distribution.to());
        }
      }
      return endpoints;
    }
    return failsOver ? prioritised(endpoints) : endpoints;
  }

  /** R-DR-45, R-AMB-10. */
  private boolean unsupported() {
    return setting.kind() == Kind.ZONE_AWARE && kind == Proxy.Kind.WAYPOINT;
  }

  /** R-DR-44: the weights of a locality are shared out among its endpoints; others are removed. */
  private static List<Endpoint> distributed(
      List<Endpoint> endpoints, Map<String, Integer> weights) {
    Map<String, Long> sums = new LinkedHashMap<>();
    endpoints.forEach(one -> sums.merge(one.locality(), (long) one.weight(), Long::sum));
    Map<String, Long> shares = new HashMap<>();
    weights.forEach((pattern, weight) -> {
      List<String> covered =
          sums.keySet().stream()
              .filter(one -> !shares.containsKey(one) && Locality.parse(one).matches(pattern))
              .toList();
      long total = covered.stream().mapToLong(one -> sums.getOrDefault(one, 0L)).sum();
      for (String locality : covered) {
        long own = sums.getOrDefault(locality, 0L) * weight;
        shares.put(locality, Math.ceilDiv(own, total));
      }
    });
    shares.values().removeIf(share -> share <= 0);
    long common = 1;
    for (String locality : shares.keySet()) {
      common = leastCommonMultiple(common, sums.getOrDefault(locality, 1L));
    }
    List<Endpoint> kept = new ArrayList<>();
    for (Endpoint one : endpoints) {
      Long share = shares.get(one.locality());
      if (share != null) {
        long weight = share * one.weight() * (common / sums.getOrDefault(one.locality(), 1L));
        kept.add(with(one, 0, Math.clamp(weight, 1, Integer.MAX_VALUE)));
      }
    }
    return kept;
  }

  /** Kept within what a weight can be: past that, shares are rounded. */
  private static long leastCommonMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return Math.min(a / x * b, Integer.MAX_VALUE);
  }

  private List<Endpoint> prioritised(List<Endpoint> endpoints) {
    List<Integer> wanted = new ArrayList<>(endpoints.size());
    for (Endpoint one : endpoints) {
      wanted.add(priority(one));
    }
    // R-DR-43: without gaps.
    List<Integer> levels = List.copyOf(new TreeSet<>(wanted));
    List<Endpoint> result = new ArrayList<>(endpoints.size());
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint one = endpoints.get(i);
      result.add(with(one, levels.indexOf(wanted.get(i)), one.weight()));
    }
    return result;
  }

  private int priority(Endpoint endpoint) {
    Locality there = Locality.parse(endpoint.locality());
    if (setting.kind() == Kind.ZONE_AWARE) {
      return byLabels(endpoint) * DISTANCES + byRegion(there); // R-DR-45
    }
    if (setting.failoverPriority().isEmpty()) {
      return byDistance(there);
    }
    return setting.failover().isEmpty()
        ? byLabels(endpoint)
        : byLabels(endpoint) * DISTANCES + byDistance(there);
  }

  /** R-DR-43; R-DR-44: of the other regions the one to fail over to comes first. */
  private int byDistance(Locality there) {
    int distance = client.distance(there);
    String next = setting.failover().get(client.region());
    return distance == 3 && next != null && !there.region().equals(next) ? 4 : distance;
  }

  /** R-DR-45. */
  private int byRegion(Locality there) {
    if (there.region().equals(client.region())) {
      return 0;
    }
    return there.region().equals(setting.failover().get(client.region())) ? 1 : 2;
  }

  /** R-DR-44: the earlier the first label that differs, the worse; another network is worst. */
  private int byLabels(Endpoint endpoint) {
    List<String> labels = setting.failoverPriority();
    int worst = labels.size();
    int from = 0;
    int otherNetwork = 0;
    if (!labels.isEmpty() && differs(labels.getFirst(), endpoint)) {
      if (!LocalitySetting.label(labels.getFirst()).equals(LocalitySetting.NETWORK)) {
        return worst;
      }
      otherNetwork = worst;
      from = 1;
    }
    for (int i = from; i < labels.size(); i++) {
      if (differs(labels.get(i), endpoint)) {
        return otherNetwork + worst - i;
      }
    }
    return otherNetwork;
  }

  private boolean differs(String entry, Endpoint endpoint) {
    String label = LocalitySetting.label(entry);
    String wanted =
        label.length() < entry.length()
            ? entry.substring(label.length() + 1)
            : orEmpty(clientLabels.get(label));
    return !wanted.equals(orEmpty(endpoint.labels().get(label)));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Endpoint with(Endpoint one, int priority, int weight) {
    return new Endpoint(
        one.address(),
        one.port(),
        one.labels(),
        one.ready(),
        one.locality(),
        priority,
        weight,
        one.workload());
  }
}
