package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pharos.config.istio.HostNames;
import pharos.config.istio.view.DestinationRule;

/** Finds all rules whose host covers a name, in time that depends on the length of the name. */
final class CoveringRules {
  private final Map<String, List<DestinationRule>> exact = new HashMap<>();
  private final Map<String, List<DestinationRule>> bySuffix = new HashMap<>();

  CoveringRules(Collection<DestinationRule> rules) {
    for (DestinationRule rule : rules) {
      boolean wildcard = HostNames.isWildcard(rule.host());
      (wildcard ? bySuffix : exact)
          .computeIfAbsent(
              wildcard ? rule.host().substring(1) : rule.host(), _ -> new ArrayList<>())
          .add(rule);
    }
  }

  /** The rules that cover a host, the most specific first; of one host in R-ORD-2 order. */
  List<DestinationRule> of(String host) {
    boolean wildcard = HostNames.isWildcard(host);
    List<DestinationRule> found = new ArrayList<>();
    if (!wildcard) {
      found.addAll(exact.getOrDefault(host, List.of()));
    }
    if (!bySuffix.isEmpty()) {
      for (int from = wildcard ? 1 : 0; from <= host.length(); from++) {
        found.addAll(bySuffix.getOrDefault(host.substring(from), List.of()));
      }
    }
    return found;
  }
}
