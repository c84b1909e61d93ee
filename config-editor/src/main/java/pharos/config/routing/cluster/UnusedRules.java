package pharos.config.routing.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.DestinationRule;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.policy.ChosenRule;
import pharos.config.routing.policy.MergedRule;
import pharos.config.routing.policy.RuleIndex;

/** DestinationRules, and parts of them, that say nothing to a proxy whatever it calls, and why. */
final class UnusedRules {
  private UnusedRules() {}

  static List<Ignored> of(RuleIndex rules, Proxy proxy, ServicesInScope services) {
    Set<ResourceKey> used = new LinkedHashSet<>();
    Map<ResourceKey, Ignored> whole = new HashMap<>();
    Set<Ignored> parts = new LinkedHashSet<>();
    for (MeshService service : services.all()) {
      boolean alias = !service.alias().isEmpty();
      ChosenRule chosen = rules.choose(proxy, service);
      MergedRule rule = chosen.rule();
      if (rule != null && !alias) {
        used.addAll(rule.mergedFrom());
      }
      for (Ignored one : alias ? ofAlias(rule, service) : chosen.ignored()) {
        if (one.origin().path().steps().isEmpty()) {
          whole.putIfAbsent(one.origin().object(), one);
        } else {
          parts.add(one);
        }
      }
    }
    Map<ResourceKey, Ignored> unused = new LinkedHashMap<>();
    for (DestinationRule rule : rules.rules()) {
      if (!used.contains(rule.key())) {
        unused.put(rule.key(), orElse(whole.get(rule.key()), rule));
      }
    }
    List<Ignored> all = new ArrayList<>(unused.values());
    parts.stream().filter(one -> used.contains(one.origin().object())).forEach(all::add);
    return all;
  }

  /** R-OB-29: an alias has no cluster that a rule could shape. */
  private static List<Ignored> ofAlias(@Nullable MergedRule rule, MeshService service) {
    return rule == null
        ? List.of()
        : rule.mergedFrom().stream()
            .map(key ->
                new Ignored(
                    Origin.of(key),
                    "R-OB-29",
                    "host %s is an alias of %s, whose rule applies instead"
                        .formatted(service.host(), service.alias()),
                    List.of(service.host())))
            .toList();
  }

  private static Ignored orElse(@Nullable Ignored known, DestinationRule rule) {
    return known != null
        ? known
        : new Ignored(
            Origin.of(rule.key()),
            "R-DR-9",
            "no service that the client knows has host %s".formatted(rule.host()),
            List.of(rule.host()));
  }
}
