package pharos.config.routing.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.DestinationRule.Subset;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.Cluster.Block;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.effective.Cluster.Policy;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.policy.ChosenRule;
import pharos.config.routing.policy.MergedRule;
import pharos.config.routing.policy.RuleIndex;

/** The clusters of a proxy, each made when it is first asked for (R-OB-42). */
final class ProxyClusters implements EffectiveConfig.Clusters {
  private static final String OUTBOUND = "outbound";

  private final Proxy proxy;
  private final ServicesInScope services;
  private final RuleIndex rules;
  private final MeshFacts facts;
  private final Map<String, ChosenRule> chosen = new ConcurrentHashMap<>();
  private final Map<String, Cluster> made = new ConcurrentHashMap<>();

  ProxyClusters(Proxy proxy, ServicesInScope services, RuleIndex rules, MeshFacts facts) {
    this.proxy = proxy;
    this.services = services;
    this.rules = rules;
    this.facts = facts;
  }

  @Override
  public @Nullable Cluster find(String name) {
    Cluster known = made.get(name);
    if (known != null) {
      return known;
    }
    Cluster built = build(name);
    if (built == null) {
      return null;
    }
    Cluster other = made.putIfAbsent(name, built);
    return other == null ? built : other;
  }

  private @Nullable Cluster build(String name) {
    String[] parts = name.split("\\|", 4);
    if (parts.length < 4) {
      return BuiltInClusters.find(name, proxy);
    }
    if (!parts[0].equals(OUTBOUND) || !parts[1].matches("[0-9]{1,5}")) {
      return null;
    }
    MeshService service = services.find(parts[3]);
    MeshService.Port port =
        service == null ? null : ClusterTypes.port(service, Integer.parseInt(parts[1]));
    return service == null || port == null ? null : build(service, port, parts[2]);
  }

  private @Nullable Cluster build(MeshService service, MeshService.Port port, String subsetName) {
    ChosenRule choice = choice(service);
    Subset subset = null;
    if (!subsetName.isEmpty()) {
      subset = subset(service, choice.rule(), subsetName);
      if (subset == null) {
        return null; // R-DR-26
      }
    }
    List<Endpoint> endpoints = endpoints(service, port, subset);
    Cluster.Type type = ClusterTypes.of(service, proxy);
    if (!exists(type, endpoints)) {
      return null;
    }
    Map<String, Block> blocks = blocks(choice.rule(), subset, port.number());
    type = ClusterTypes.balanced(type, blocks);
    return new Cluster(
        ClusterNames.outbound(port.number(), subsetName, service.host()),
        service.host(),
        port.number(),
        subsetName,
        type,
        policy(choice, subset, blocks),
        type.hasEndpoints()
            ? LocalityBalancing.of(proxy, service, blocks, facts)
                .apply(UsableEndpoints.of(endpoints, blocks))
            : List.of());
  }

  private ChosenRule choice(MeshService service) {
    return chosen.computeIfAbsent(service.host(), _ -> rules.choose(proxy, service));
  }

  /** R-OB-35: what is resolved by name per request has no subsets. */
  private static @Nullable Subset subset(
      MeshService service, @Nullable MergedRule rule, String name) {
    return rule == null || service.resolution() == MeshService.Resolution.DYNAMIC_DNS
        ? null
        : rule.subset(name);
  }

  /** R-DR-25, R-DR-30. */
  private List<Endpoint> endpoints(
      MeshService service, MeshService.Port port, @Nullable Subset subset) {
    List<Endpoint> all = facts.registry().endpoints(service, port);
    return subset == null || subset.labels().isEmpty()
        ? all
        : all.stream().filter(one -> Selectors.matches(subset.labels(), one.labels())).toList();
  }

  /** R-OB-33, R-DR-27: Envoy takes no DNS cluster that has nothing to resolve. */
  private static boolean exists(Cluster.Type type, List<Endpoint> endpoints) {
    return (type != Cluster.Type.STRICT_DNS && type != Cluster.Type.LOGICAL_DNS)
        || !endpoints.isEmpty();
  }

  private Map<String, Block> blocks(@Nullable MergedRule rule, @Nullable Subset subset, int port) {
    TrafficPolicy policy = rule == null ? null : rule.policy();
    return subset == null
        ? facts.policies().of(policy, port)
        : facts.policies().of(policy, subset, port);
  }

  private static Policy policy(
      ChosenRule choice, @Nullable Subset subset, Map<String, Block> blocks) {
    MergedRule rule = choice.rule();
    return new Policy(
        rule == null ? null : rule.key(),
        rule == null ? List.of() : rule.mergedFrom(),
        subset == null ? Map.of() : subset.labels(),
        blocks,
        choice.ignored());
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(BuiltInClusters.names(proxy));
    for (MeshService service : services.all()) {
      Cluster.Type type = ClusterTypes.of(service, proxy);
      MergedRule rule = choice(service).rule();
      for (MeshService.Port port : service.ports()) {
        if (!ClusterTypes.hasClusters(service, port)) {
          continue;
        }
        if (exists(type, endpointsOf(type, service, port, null))) {
          names.add(ClusterNames.outbound(port.number(), "", service.host()));
        }
        for (String name : rule == null ? List.<String>of() : rule.subsets()) {
          Subset subset = subset(service, rule, name);
          if (subset != null && exists(type, endpointsOf(type, service, port, subset))) {
            names.add(ClusterNames.outbound(port.number(), name, service.host()));
          }
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** Only where they decide whether there is a cluster. */
  private List<Endpoint> endpointsOf(
      Cluster.Type type, MeshService service, MeshService.Port port, @Nullable Subset subset) {
    return type == Cluster.Type.STRICT_DNS || type == Cluster.Type.LOGICAL_DNS
        ? endpoints(service, port, subset)
        : List.of();
  }
}
