package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.DestinationRule.Subset;
import pharos.config.istio.view.DestinationRule.TrafficPolicy;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.VirtualService.Dialect;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.effective.Ignored;

/**
 * What istiod makes of the DestinationRules for one host in one namespace that go together
 * (R-DR-13, R-DR-14). It grows while {@link HostRules} is filled and never changes afterwards.
 */
public final class MergedRule {
  private DestinationRule base;
  private final List<DestinationRule> parts = new ArrayList<>();
  private final Map<String, Subset> subsets = new LinkedHashMap<>();
  private final List<Ignored> unused = new ArrayList<>();
  private @Nullable TrafficPolicy policy;
  private @Nullable ResourceKey policyOwner;
  private boolean userPolicy;

  MergedRule(DestinationRule first) {
    base = first;
    absorb(first);
  }

  /** The namespace, host, export set and selector are those of the first rule. */
  DestinationRule base() {
    return base;
  }

  /** Every rule that it was made from, in R-ORD-2 order. */
  List<DestinationRule> parts() {
    return parts;
  }

  /** The object that it is called after. */
  public ResourceKey key() {
    return base.key();
  }

  /** Every object that it was made from, in R-ORD-2 order. */
  public List<ResourceKey> mergedFrom() {
    return parts.stream().map(DestinationRule::key).toList();
  }

  /** The top-level policy; null for none. */
  public @Nullable TrafficPolicy policy() {
    return policy;
  }

  /** Names of the subsets, in order. */
  public List<String> subsets() {
    return List.copyOf(subsets.keySet());
  }

  /** The subset of a name, or null. */
  public @Nullable Subset subset(String name) {
    return subsets.get(name);
  }

  /** What the rules it was made from say in vain. */
  List<Ignored> unused() {
    return unused;
  }

  Set<String> exportTo() {
    return base.exportTo();
  }

  @Nullable Map<String, String> selector() {
    return base.selector();
  }

  /** R-DR-13: new subsets are added; the policy counts only where there is none yet. */
  void absorb(DestinationRule rule) {
    if (fromUser(rule) && !fromUser(base)) {
      base = rule;
    }
    parts.add(rule);
    for (Subset subset : rule.subsets()) {
      Subset first = subsets.putIfAbsent(subset.name(), subset);
      if (first != null) {
        unused.add(
            new Ignored(
                subset.origin(),
                "R-DR-13",
                "subset %s is defined by %s already".formatted(subset.name(), at(first.origin())),
                List.of(rule.host())));
      }
    }
    if (rule.policy() != null) {
      adopt(rule, rule.policy());
    }
  }

  private void adopt(DestinationRule rule, TrafficPolicy incoming) {
    TrafficPolicy present = policy;
    ResourceKey owner = policyOwner;
    if (present == null || owner == null) {
      policy = incoming;
    } else if (!fromUser(rule)) {
      policy = PolicyLayers.under(present, incoming); // R-DR-18
      return;
    } else if (!userPolicy) {
      policy = PolicyLayers.under(incoming, present); // R-DR-18
    } else {
      unused.add(
          new Ignored(
              new Origin(rule.key(), Path.of("spec", "trafficPolicy"), -1, -1, null),
              "R-DR-13",
              "the trafficPolicy of %s is taken as a whole".formatted(owner.origin()),
              List.of(rule.host())));
      return;
    }
    policyOwner = rule.key();
    userPolicy = fromUser(rule);
  }

  private static boolean fromUser(DestinationRule rule) {
    return rule.dialect() != Dialect.GATEWAY_API;
  }

  private static String at(Origin origin) {
    return origin.object().origin() + " " + origin.path();
  }
}
