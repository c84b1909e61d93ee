package pharos.config.istio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the routing semantics do with lists of hosts (section 1.1); pairs are in {@link Hosts}. */
public final class HostNames {
  /** R-NAME-4: exact before wildcard, then longer first, then by the alphabet. */
  public static final Comparator<String> SPECIFIC_FIRST =
      Comparator.comparing(HostNames::isWildcard)
          .thenComparing(Comparator.comparingInt(String::length).reversed())
          .thenComparing(Comparator.naturalOrder());

  private HostNames() {}

  /** R-NAME-1. */
  public static boolean isWildcard(String host) {
    return host.startsWith("*");
  }

  /** R-NAME-5: of each pair where one covers the other, the one that is covered. */
  public static List<String> intersection(List<String> a, List<String> b) {
    if (a.size() == 1 && a.getFirst().equals("*")) {
      return List.copyOf(new LinkedHashSet<>(b));
    }
    Set<String> names = new LinkedHashSet<>();
    for (String left : a) {
      for (String right : b) {
        if (Hosts.subsetOf(left, right)) {
          names.add(left);
        } else if (Hosts.subsetOf(right, left)) {
          names.add(right);
        }
      }
    }
    return List.copyOf(names);
  }

  /** R-NAME-6: a server's hosts for objects of a namespace, without their prefixes. */
  public static List<String> forNamespace(List<String> hosts, String namespace) {
    List<String> kept = new ArrayList<>(hosts.size());
    for (String host : hosts) {
      int slash = host.indexOf('/');
      if (slash < 0) {
        kept.add(host);
      } else {
        String scope = host.substring(0, slash);
        if (scope.equals(namespace) || scope.equals(Visibility.EVERYWHERE)) {
          kept.add(host.substring(slash + 1));
        }
      }
    }
    return kept;
  }
}
