package pharos.config.routing.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.config.istio.HostIndex;
import pharos.config.istio.view.DestinationRule;

/** One of the indices of R-DR-1: merged rules by host. */
final class HostRules {
  private final Map<String, List<MergedRule>> byHost = new HashMap<>();
  private final HostIndex<List<MergedRule>> hosts = new HostIndex<>();

  /** R-DR-12; rules come in R-ORD-2 order. */
  void add(DestinationRule rule) {
    List<MergedRule> existing = byHost.get(rule.host());
    if (existing == null) {
      List<MergedRule> first = new ArrayList<>();
      first.add(new MergedRule(rule));
      byHost.put(rule.host(), first);
      hosts.add(rule.host(), first);
      return;
    }
    // The last rule looked at decides, as istiod's loop does.
    boolean separately = true;
    for (MergedRule merged : existing) {
      if (!rule.exportTo().equals(merged.exportTo())) {
        separately = true;
        if (!covers(rule.exportTo(), merged.exportTo())) {
          continue;
        }
      } else {
        separately = false;
      }
      Map<String, String> mine = rule.selector();
      Map<String, String> theirs = merged.selector();
      if (mine != null && theirs != null && !mine.equals(theirs)) {
        separately = true;
        continue;
      }
      if (mine == null ? theirs == null : mine.equals(theirs)) {
        separately = false;
      }
      merged.absorb(rule);
    }
    if (separately) {
      existing.add(new MergedRule(rule));
    }
  }

  /** R-DR-12: a set that is wider than another one that is not empty (R-DR-16). */
  private static boolean covers(Set<String> wider, Set<String> narrower) {
    return !narrower.isEmpty() && wider.containsAll(narrower);
  }

  /** The rules of the most specific host that covers a name (R-NAME-7); empty for none. */
  List<MergedRule> mostSpecific(String host) {
    List<MergedRule> found = hosts.mostSpecific(host);
    return found == null ? List.of() : found;
  }
}
