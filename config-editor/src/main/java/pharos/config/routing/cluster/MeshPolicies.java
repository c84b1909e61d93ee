package pharos.config.routing.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.DestinationRuleReader;
import pharos.config.istio.view.MeshService;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.policy.HashKeys;
import pharos.config.routing.policy.MergedRule;
import pharos.config.routing.policy.RuleIndex;
import pharos.config.routing.policy.TrafficPolicies;
import pharos.config.routing.registry.ServiceRegistry;

/** What the DestinationRules of a snapshot say to its proxies (section 7). */
public final class MeshPolicies implements DestinationPolicies {
  private final RuleIndex rules;
  private final MeshFacts facts;

  private MeshPolicies(Snapshot resources, ServiceRegistry registry, MeshConfig mesh) {
    List<DestinationRule> views = new ArrayList<>();
    for (Resource rule : resources.all(Kinds.DESTINATION_RULE)) {
      views.add(DestinationRuleReader.read(rule, mesh));
    }
    rules = new RuleIndex(views, mesh);
    facts = new MeshFacts(resources, registry, new TrafficPolicies(mesh), mesh);
  }

  /** The policies of a snapshot. */
  public static DestinationPolicies of(
      Snapshot resources, ServiceRegistry registry, MeshConfig mesh) {
    return new MeshPolicies(resources, registry, mesh);
  }

  @Override
  public EffectiveConfig.Clusters clusters(Proxy proxy, ServicesInScope services) {
    return new ProxyClusters(proxy, services, rules, facts);
  }

  @Override
  public List<String> hashKeys(Proxy proxy, MeshService service, String subset, int port) {
    MergedRule rule = rules.choose(proxy, service).rule();
    return rule == null
        ? List.of()
        : HashKeys.of(rule, subset.isEmpty() ? null : rule.subset(subset), port);
  }

  @Override
  public List<String> subsets(Proxy proxy, MeshService service) {
    MergedRule rule = rules.choose(proxy, service).rule();
    return rule == null ? List.of() : rule.subsets();
  }

  @Override
  public Set<String> proxyLabels() {
    Set<String> labels = new TreeSet<>(rules.proxyLabels());
    labels.addAll(LocalitySetting.labels(facts.mesh()));
    return labels;
  }

  @Override
  public List<Ignored> ignored(Proxy proxy, ServicesInScope services) {
    return UnusedRules.of(rules, proxy, services);
  }
}
