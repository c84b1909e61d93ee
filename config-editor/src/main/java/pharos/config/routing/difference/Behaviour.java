package pharos.config.routing.difference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Node;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteEntry;

/**
 * What a proxy does with a class of requests, so that two of them can be compared. Where it came
 * from does not count.
 */
public sealed interface Behaviour {

  /**
   * Sent on, or answered by a rule.
   *
   * @param entry the route
   * @param targets state of every cluster that it names, by name
   */
  record Routed(RouteEntry entry, Map<String, Target> targets) implements Behaviour {
    public Routed {
      targets = Map.copyOf(targets);
    }
  }

  /** A connection sent on without looking at requests. */
  record Streamed(Listener.Tcp tcp, Map<String, Target> targets, @Nullable Origin origin)
      implements Behaviour {
    public Streamed {
      targets = Map.copyOf(targets);
    }
  }

  /** 301 to https before routes are looked at (R-GW-20). */
  record RedirectToHttps() implements Behaviour {}

  /** 404: the host is known and no route matches, or the host is unknown. */
  record NotFound(boolean hostKnown) implements Behaviour {}

  /** The connection is closed, or refused where nothing listens. */
  record Closed(String reason) implements Behaviour {}

  /** Read as HTTP; what happens then is a matter of its requests, compared one layer down. */
  record Http(Listener.Http target) implements Behaviour {}

  /**
   * What stands behind a cluster's name.
   *
   * @param exists whether there is such a cluster
   * @param healthy whether something can answer
   * @param policy the blocks of its traffic policy by name
   */
  record Target(
      boolean exists,
      boolean healthy,
      Cluster.@Nullable Type type,
      Map<String, String> subsetLabels,
      Map<String, Node> policy) {
    static Target of(EffectiveConfig config, String name) {
      Cluster cluster = config.clusters().find(name);
      if (cluster == null) {
        return new Target(false, false, null, Map.of(), Map.of());
      }
      Map<String, Node> blocks = new TreeMap<>();
      cluster.policy().blocks().forEach((block, value) -> blocks.put(block, value.value()));
      boolean healthy =
          !cluster.type().hasEndpoints()
              || cluster.endpoints().stream().anyMatch(Cluster.Endpoint::ready);
      return new Target(true, healthy, cluster.type(), cluster.policy().subsetLabels(), blocks);
    }

    boolean samePolicy(Target other) {
      if (!policy.keySet().equals(other.policy.keySet())) {
        return false;
      }
      return policy.entrySet().stream()
          .allMatch(block -> Node.sameValue(block.getValue(), other.policy.get(block.getKey())));
    }
  }

  /** What a route entry does, with the state of the clusters it names. */
  static Behaviour of(EffectiveConfig config, RouteEntry entry) {
    Map<String, Target> targets = new TreeMap<>();
    if (entry.action() instanceof RouteEntry.Forward forward) {
      forward.clusters().forEach(c -> targets.put(c.cluster(), Target.of(config, c.cluster())));
      forward.mirrors().forEach(m -> targets.put(m.cluster(), Target.of(config, m.cluster())));
    }
    return new Routed(entry, targets);
  }

  /** What a filter chain does with a connection. */
  static Behaviour of(EffectiveConfig config, Listener.Chain chain) {
    return switch (chain.target()) {
      case Listener.Http http -> new Http(http);
      case Listener.Tcp tcp -> {
        Map<String, Target> targets = new TreeMap<>();
        tcp.destinations().forEach(d -> targets.put(d.cluster(), Target.of(config, d.cluster())));
        yield new Streamed(tcp, targets, chain.origin());
      }
    };
  }

  /** The rule that it comes from, or null. */
  default @Nullable Origin origin() {
    return switch (this) {
      case Routed routed -> routed.entry.origin();
      case Streamed streamed -> streamed.origin;
      case RedirectToHttps _, NotFound _, Closed _, Http _ -> null;
    };
  }

  /** In what respects two behaviours differ; empty when they are the same. */
  static Set<Aspect> differences(Behaviour before, Behaviour after) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    if (before instanceof Routed a && after instanceof Routed b) {
      compare(a, b, aspects);
    } else if (before instanceof Streamed a && after instanceof Streamed b) {
      if (!shares(a.tcp.destinations()).equals(shares(b.tcp.destinations()))) {
        aspects.add(Aspect.DESTINATIONS);
      }
      compare(a.targets, b.targets, aspects);
    } else if (!before.equals(after)) {
      aspects.add(Aspect.ACTION);
    }
    return aspects;
  }

  private static void compare(Routed a, Routed b, Set<Aspect> aspects) {
    if (!a.entry.headers().equals(b.entry.headers())) {
      aspects.add(Aspect.HEADERS);
    }
    if (!Objects.equals(a.entry.fault(), b.entry.fault())) {
      aspects.add(Aspect.FAULT);
    }
    if (!Objects.equals(a.entry.cors(), b.entry.cors())) {
      aspects.add(Aspect.CORS);
    }
    if (a.entry.action() instanceof RouteEntry.Forward x
        && b.entry.action() instanceof RouteEntry.Forward y) {
      if (!weights(x).equals(weights(y))) {
        aspects.add(Aspect.DESTINATIONS);
      } else if (!x.clusters().stream()
          .map(c -> List.of(c.headers(), c.authority()))
          .toList()
          .equals(y.clusters().stream().map(c -> List.of(c.headers(), c.authority())).toList())) {
        aspects.add(Aspect.HEADERS);
      }
      if (!x.rewrite().equals(y.rewrite()) || rewriteReadsMatch(x, a.entry, b.entry)) {
        aspects.add(Aspect.REWRITE);
      }
      if (!Objects.equals(x.timeout(), y.timeout())) {
        aspects.add(Aspect.TIMEOUT);
      }
      if (!x.retries().equals(y.retries())) {
        aspects.add(Aspect.RETRIES);
      }
      if (!x.mirrors().equals(y.mirrors())) {
        aspects.add(Aspect.MIRROR);
      }
      if (!x.hashKeys().equals(y.hashKeys())) {
        aspects.add(Aspect.POLICY);
      }
      compare(a.targets, b.targets, aspects);
    } else if (!a.entry.action().equals(b.entry.action())
        || (a.entry.action() instanceof RouteEntry.Redirect redirect
            && !redirect.prefixRewrite().isEmpty()
            && !a.entry.match().path().equals(b.entry.match().path()))) {
      aspects.add(Aspect.ACTION);
    }
  }

  /** A prefix rewrite replaces what was matched, so another match gives another path. */
  private static boolean rewriteReadsMatch(RouteEntry.Forward x, RouteEntry a, RouteEntry b) {
    return x.rewrite().path() instanceof RouteEntry.ReplaceMatched
        && !a.match().path().equals(b.match().path());
  }

  private static void compare(
      Map<String, Target> before, Map<String, Target> after, Set<Aspect> aspects) {
    for (Map.Entry<String, Target> entry : before.entrySet()) {
      Target a = entry.getValue();
      Target b = after.get(entry.getKey());
      if (b == null) {
        continue; // another destination, which is said already
      }
      if (a.exists != b.exists || a.healthy != b.healthy) {
        aspects.add(Aspect.AVAILABILITY);
      }
      if (a.exists && b.exists) {
        if (!a.subsetLabels.equals(b.subsetLabels)) {
          aspects.add(Aspect.DESTINATIONS);
        }
        if (a.type != b.type || !a.samePolicy(b)) {
          aspects.add(Aspect.POLICY);
        }
      }
    }
  }

  /** Shares by cluster, in lowest terms: 1:1 and 50:50 are the same. */
  private static Map<String, Integer> weights(RouteEntry.Forward forward) {
    List<Listener.Share> shares = new ArrayList<>();
    forward.clusters().forEach(c -> shares.add(new Listener.Share(c.cluster(), c.weight())));
    return shares(shares);
  }

  private static Map<String, Integer> shares(List<Listener.Share> destinations) {
    Map<String, Integer> weights = new TreeMap<>();
    if (destinations.size() == 1) {
      weights.put(destinations.getFirst().cluster(), 1);
      return weights;
    }
    destinations.forEach(d -> weights.merge(d.cluster(), d.weight(), Integer::sum));
    weights.values().removeIf(weight -> weight == 0);
    int divisor = weights.values().stream().reduce(0, Behaviour::greatestCommonDivisor);
    weights.replaceAll((_, weight) -> weight / Math.max(1, divisor));
    return weights;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
