package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.policy.RuleIndex.Lookup;
import pharos.config.routing.policy.RuleIndex.Step;

/** The rule that a proxy sees for a service, and why it sees no other one. */
public final class ChosenRule {
  private static final int NAMED = 3;

  private final @Nullable MergedRule rule;
  private final Lookup lookup;
  private final Proxy proxy;
  private final MeshService service;
  private final RuleIndex index;

  ChosenRule(
      @Nullable MergedRule rule, Lookup lookup, Proxy proxy, MeshService service, RuleIndex index) {
    this.rule = rule;
    this.lookup = lookup;
    this.proxy = proxy;
    this.service = service;
    this.index = index;
  }

  /** The rule, or null when none applies. */
  public @Nullable MergedRule rule() {
    return rule;
  }

  /** The rules of the mesh whose host covers the service and that say nothing here, and why. */
  public List<Ignored> ignored() {
    List<Ignored> all = new ArrayList<>();
    for (DestinationRule one : index.covering().of(service.host())) {
      if (rule == null || !rule.parts().contains(one)) {
        all.add(reason(one));
      }
    }
    if (rule != null) {
      all.addAll(rule.unused());
    }
    return all;
  }

  private Ignored reason(DestinationRule one) {
    String client = proxy.namespace();
    String namespace = one.namespace();
    boolean rootClient = client.equals(index.root());
    if (namespace.equals(client) && (!rootClient || index.privateOnly(one))) {
      return RuleIndex.seenAtHome(one)
          ? among(one, index.atHome(client, service.host()))
          : ignored(
              one,
              "R-DR-2",
              "is exported to %s and not to its own namespace %s"
                  .formatted(names(one.exportTo()), namespace));
    }
    boolean ofService = namespace.equals(service.namespace());
    if (!ofService && !namespace.equals(index.root())) {
      return ignored(
          one,
          "R-DR-7",
          "is in namespace %s; looked for are rules of %s (the client), %s (the service) and %s (root)"
              .formatted(namespace, client, service.namespace(), index.root()));
    }
    if (index.privateOnly(one)) {
      return ignored(
          one, "R-DR-2", "is for clients of its own namespace %s alone".formatted(namespace));
    }
    if (lookup.step() == Step.CLIENT_NAMESPACE) {
      return hidden(one, "the client's namespace %s".formatted(client));
    }
    if (lookup.step() == Step.SERVICE_NAMESPACE && !ofService) {
      return hidden(one, "the service's namespace %s".formatted(service.namespace()));
    }
    return among(one, index.exportedFrom(namespace, service.host()));
  }

  private Ignored hidden(DestinationRule one, String by) {
    return ignored(
        one,
        "R-DR-3",
        "%s has a rule of its own, which hides all others: %s"
            .formatted(by, names(lookup.found())));
  }

  /** Why a rule that was looked at was not taken. */
  private Ignored among(DestinationRule one, List<MergedRule> mostSpecific) {
    for (MergedRule merged : mostSpecific) {
      if (!merged.parts().contains(one)) {
        continue;
      }
      if (!lookup.found().contains(merged)) {
        return ignored(
            one,
            merged.base() == one ? "R-DR-3" : "R-DR-16",
            partOf(one, merged)
                + "is exported to %s, not to namespace %s"
                    .formatted(names(merged.exportTo()), proxy.namespace()));
      }
      return notPicked(one, merged);
    }
    return ignored(
        one,
        "R-DR-3",
        "host %s is less specific than %s of %s"
            .formatted(
                one.host(),
                mostSpecific.getFirst().base().host(),
                mostSpecific.getFirst().key().origin()));
  }

  /** R-DR-8. */
  private Ignored notPicked(DestinationRule one, MergedRule merged) {
    var selector = merged.selector();
    if (selector != null && !RuleIndex.selects(merged, selector, proxy)) {
      return ignored(
          one,
          one.selector() == null ? "R-DR-17" : "R-DR-8",
          partOf(one, merged)
              + (merged.base().namespace().equals(proxy.namespace())
                  ? "has workloadSelector %s, which does not match the labels of the client"
                      .formatted(Selectors.text(selector))
                  : "has a workloadSelector, which counts for clients of namespace %s alone"
                      .formatted(merged.base().namespace())));
    }
    if (rule == null) {
      throw new IllegalStateException(
          "%s: a rule that applies was not chosen".formatted(one.key().origin()));
    }
    if (rule.selector() != null) {
      return ignored(
          one,
          "R-DR-8",
          "%s has a workloadSelector that matches the client".formatted(rule.key().origin()));
    }
    return ignored(
        one,
        "R-DR-15",
        "%s comes later and its exportTo differs, so the two are not merged and it is used alone"
            .formatted(rule.key().origin()));
  }

  /** R-DR-16, R-DR-17: what was merged into another rule may live on in it alone. */
  private static String partOf(DestinationRule one, MergedRule merged) {
    return merged.base() == one ? "" : "is merged into %s, which ".formatted(merged.key().origin());
  }

  private static Ignored ignored(DestinationRule one, String rule, String reason) {
    return new Ignored(Origin.of(one.key()), rule, reason, List.of(one.host()));
  }

  private static String names(Set<String> exportTo) {
    return exportTo.isEmpty()
        ? "nobody"
        : exportTo.stream().sorted().collect(Collectors.joining(", "));
  }

  private static String names(List<MergedRule> rules) {
    String some =
        rules.stream()
            .limit(NAMED)
            .map(found -> found.key().origin())
            .collect(Collectors.joining(", "));
    return rules.size() <= NAMED ? some : some + " and %d more".formatted(rules.size() - NAMED);
  }
}
