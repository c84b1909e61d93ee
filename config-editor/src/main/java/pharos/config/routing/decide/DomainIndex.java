package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one virtual host of a Host by its text, whatever the order of the configuration
 * (R-ENV-1): exact, longest suffix wildcard, longest prefix wildcard, {@code *}.
 *
 * @param <T> what stands for a virtual host
 */
final class DomainIndex<T> {
  /**
   * A hit.
   *
   * @param domain as configured
   */
  record Hit<T>(String domain, T host) {}

  private final Map<String, Hit<T>> exact = new HashMap<>();
  private final Map<String, Hit<T>> suffixes = new HashMap<>();
  private final Map<String, Hit<T>> prefixes = new HashMap<>();
  private @Nullable Hit<T> everything;
  private int[] suffixLengths = {};
  private int[] prefixLengths = {};

  private DomainIndex() {}

  /** Of two equal domains the first stays. */
  private void add(List<String> domains, T host) {
    for (String domain : domains) {
      String lower = domain.toLowerCase(Locale.ROOT); // R-ENV-2
      Hit<T> hit = new Hit<>(domain, host);
      if (lower.equals("*")) {
        everything = everything == null ? hit : everything;
      } else if (lower.startsWith("*")) {
        suffixes.putIfAbsent(lower.substring(1), hit);
      } else if (lower.endsWith("*")) {
        prefixes.putIfAbsent(lower.substring(0, lower.length() - 1), hit);
      } else {
        exact.putIfAbsent(lower, hit);
      }
    }
  }

  /** An index of hosts by their domains. */
  static <T> DomainIndex<T> of(List<T> hosts, Function<T, List<String>> domains) {
    DomainIndex<T> index = new DomainIndex<>();
    hosts.forEach(host -> index.add(domains.apply(host), host));
    index.suffixLengths = lengths(index.suffixes);
    index.prefixLengths = lengths(index.prefixes);
    return index;
  }

  private static int[] lengths(Map<String, ?> texts) {
    TreeSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
    texts.keySet().forEach(text -> lengths.add(text.length()));
    return new ArrayList<>(lengths).stream().mapToInt(Integer::intValue).toArray();
  }

  /** The domain that is nearest to a host without its port, in lower case; null for none. */
  @Nullable Hit<T> find(String host) {
    Hit<T> hit = exact.get(host);
    if (hit != null) {
      return hit;
    }
    for (int length : suffixLengths) {
      if (host.length() > length) { // a wildcard stands for at least one character
        hit = suffixes.get(host.substring(host.length() - length));
        if (hit != null) {
          return hit;
        }
      }
    }
    for (int length : prefixLengths) {
      if (host.length() > length) {
        hit = prefixes.get(host.substring(0, length));
        if (hit != null) {
          return hit;
        }
      }
    }
    return everything;
  }

  /** The host of exactly this text with a port, or null; ports stand in few domains (R-OB-13). */
  @Nullable Hit<T> exactly(String hostAndPort) {
    return exact.get(hostAndPort);
  }

  /** All domains that cover a host, nearest first. */
  List<Hit<T>> covering(String host) {
    List<Hit<T>> hits = new ArrayList<>();
    add(hits, exact.get(host));
    for (int length : suffixLengths) {
      if (host.length() > length) {
        add(hits, suffixes.get(host.substring(host.length() - length)));
      }
    }
    for (int length : prefixLengths) {
      if (host.length() > length) {
        add(hits, prefixes.get(host.substring(0, length)));
      }
    }
    add(hits, everything);
    return hits;
  }

  private static <T> void add(List<Hit<T>> hits, @Nullable Hit<T> hit) {
    if (hit != null) {
      hits.add(hit);
    }
  }
}
