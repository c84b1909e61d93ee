package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Selectors;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.ObjectOrder;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.routing.Proxy;

/**
 * All DestinationRules of a mesh, found by client, service and host (section 7.1). It never changes
 * once it is made.
 */
public final class RuleIndex {
  private static final String OWN_NAMESPACE = ".";

  private final String root;
  private final List<DestinationRule> rules;
  private final Map<String, HostRules> local = new HashMap<>();
  private final Map<String, HostRules> exported = new HashMap<>();
  private final HostRules rootPrivate = new HostRules();
  private final CoveringRules covering;
  private final boolean privateByDefault;

  /** Takes DestinationRules in any order. */
  public RuleIndex(Collection<DestinationRule> unordered, MeshConfig mesh) {
    root = mesh.rootNamespace();
    privateByDefault = mesh.destinationRuleExportTo().contains(OWN_NAMESPACE);
    rules = unordered.stream().sorted(ObjectOrder.DESTINATION_RULES).toList();
    covering = new CoveringRules(rules);
    rules.forEach(this::add);
  }

  private void add(DestinationRule rule) {
    String namespace = rule.namespace();
    if (seenAtHome(rule)) {
      local.computeIfAbsent(namespace, _ -> new HostRules()).add(rule);
    }
    if (!privateOnly(rule)) {
      exported.computeIfAbsent(namespace, _ -> new HostRules()).add(rule);
    } else if (namespace.equals(root)) {
      rootPrivate.add(rule);
    }
  }

  /** R-DR-2. */
  static boolean seenAtHome(DestinationRule rule) {
    Set<String> to = rule.exportTo();
    return to.isEmpty()
        || to.contains(Visibility.EVERYWHERE)
        || to.contains(OWN_NAMESPACE)
        || to.contains(rule.namespace());
  }

  /** R-DR-2. */
  boolean privateOnly(DestinationRule rule) {
    Set<String> to = rule.exportTo();
    return to.isEmpty()
        ? privateByDefault
        : to.size() == 1 && (to.contains(OWN_NAMESPACE) || to.contains(rule.namespace()));
  }

  /** Every rule of the mesh, in R-ORD-2 order. */
  public List<DestinationRule> rules() {
    return rules;
  }

  /** The rules whose host covers a service's, whoever may see them. */
  CoveringRules covering() {
    return covering;
  }

  String root() {
    return root;
  }

  /** The rule that a proxy sees for a service. */
  public ChosenRule choose(Proxy proxy, MeshService service) {
    Lookup lookup = lookup(proxy.namespace(), service);
    return new ChosenRule(pick(lookup.found(), proxy), lookup, proxy, service, this);
  }

  /** Where the rules that a client gets for a service were found (R-DR-3). */
  enum Step {
    CLIENT_NAMESPACE,
    SERVICE_NAMESPACE,
    ROOT_NAMESPACE,
    NOWHERE
  }

  /** The outcome of R-DR-3. */
  record Lookup(Step step, List<MergedRule> found) {}

  /** R-DR-3: the first step that finds something ends the search, whatever it found (R-DR-4). */
  private Lookup lookup(String client, MeshService service) {
    List<MergedRule> own = atHome(client, service.host());
    if (!own.isEmpty()) {
      return new Lookup(Step.CLIENT_NAMESPACE, own);
    }
    List<MergedRule> ofService = visible(service.namespace(), service.host(), client);
    if (!ofService.isEmpty()) {
      return new Lookup(Step.SERVICE_NAMESPACE, ofService);
    }
    List<MergedRule> ofRoot = visible(root, service.host(), client);
    return ofRoot.isEmpty()
        ? new Lookup(Step.NOWHERE, List.of())
        : new Lookup(Step.ROOT_NAMESPACE, ofRoot);
  }

  /** The rules of the first step; R-DR-6: for clients of the root namespace its private ones. */
  List<MergedRule> atHome(String client, String host) {
    if (client.equals(root)) {
      return rootPrivate.mostSpecific(host);
    }
    HostRules own = local.get(client);
    return own == null ? List.of() : own.mostSpecific(host);
  }

  /** The rules of the second and third step, before it is asked who may see them. */
  List<MergedRule> exportedFrom(String namespace, String host) {
    HostRules there = exported.get(namespace);
    return there == null ? List.of() : there.mostSpecific(host);
  }

  private List<MergedRule> visible(String namespace, String host, String client) {
    List<MergedRule> all = exportedFrom(namespace, host);
    List<MergedRule> visible = new ArrayList<>(all.size());
    for (MergedRule rule : all) {
      if (exportedTo(rule.exportTo(), client)) {
        visible.add(rule);
      }
    }
    return visible;
  }

  /** R-DR-3: {@code .} means nothing here (R-DR-6). */
  static boolean exportedTo(Set<String> exportTo, String client) {
    return exportTo.isEmpty()
        || exportTo.contains(Visibility.EVERYWHERE)
        || exportTo.contains(client);
  }

  /** R-DR-8: the first whose selector holds, else the last without one. */
  private static @Nullable MergedRule pick(List<MergedRule> found, Proxy proxy) {
    MergedRule unselective = null;
    for (MergedRule rule : found) {
      Map<String, String> selector = rule.selector();
      if (selector == null) {
        unselective = rule;
      } else if (selects(rule, selector, proxy)) {
        return rule;
      }
    }
    return unselective;
  }

  /** R-DR-8, R-AMB-10. */
  static boolean selects(MergedRule rule, Map<String, String> selector, Proxy proxy) {
    return proxy.kind() != Proxy.Kind.WAYPOINT
        && rule.base().namespace().equals(proxy.namespace())
        && Selectors.matches(selector, proxy.labels());
  }

  /** Labels of proxies that decide which rule or which endpoints they get. */
  public Set<String> proxyLabels() {
    Set<String> labels = new TreeSet<>();
    for (DestinationRule rule : rules) {
      if (rule.selector() != null) {
        labels.addAll(rule.selector().keySet());
      }
      addPriorityLabels(rule.policy(), labels);
      rule.subsets().forEach(subset -> addPriorityLabels(subset.policy(), labels));
    }
    return labels;
  }

  /** R-DR-44: {@code failoverPriority} compares labels of the proxy. */
  private static void addPriorityLabels(
      DestinationRule.@Nullable TrafficPolicy policy, Set<String> labels) {
    if (policy == null) {
      return;
    }
    addPriorityLabels(policy.settings(), labels);
    policy.ports().values().forEach(blocks -> addPriorityLabels(blocks, labels));
  }

  private static void addPriorityLabels(
      Map<String, DestinationRule.Setting> blocks, Set<String> labels) {
    DestinationRule.Setting setting = blocks.get(DestinationRule.LOAD_BALANCER);
    if (setting != null) {
      for (String field : List.of("localityLbSetting", "zoneAwareLbSetting")) {
        Node locality = Fields.node(setting.value(), field);
        for (String label : Fields.texts(locality, "failoverPriority")) {
          int equals = label.indexOf('=');
          labels.add(equals < 0 ? label : label.substring(0, equals));
        }
      }
    }
  }
}
