package pharos.config.check.traffic.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.traffic.Bindings;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Retries that multiply along a chain of calls which the configuration declares. Counted are tries
 * that a VirtualService asks for; the default policy repeats little and is left out.
 */
final class RetryAmplificationCheck implements Check {
  /** Fewer tries per request than this are nothing to talk about. */
  private static final long NOTABLE = 10;

  /** Longer chains are cut: the point is made long before. */
  private static final int LONGEST_CHAIN = 6;

  /** Calls that are followed from one host. */
  private static final int MOST_STEPS = 1_000;

  /** Enough to make the point, and no product of it overflows. */
  private static final long MOST_TRIES = 1_000_000;

  @Override
  public String name() {
    return "traffic.RetryAmplificationCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SIDECAR, Kinds.SERVICE);
  }

  /** The most tries that a VirtualService asks for towards a host. */
  private record Tries(Resource service, Path path, long number) {}

  /** Calls in a row, who declares them, and the tries that one request can become. */
  private record Chain(List<String> hosts, Set<String> sources, long tries) {
    static final Chain NONE = new Chain(List.of(), Set.of(), 1);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<String, Tries> byHost = tries(mesh);
    if (byHost.size() < 2) {
      return;
    }
    DeclaredCalls calls = DeclaredCalls.of(mesh);
    Report report = new Report(name(), findings);
    byHost.forEach((host, tries) -> {
      Chain worst = new Search(byHost, calls).worst(host, List.of());
      if (worst.hosts().size() > 1 && worst.tries() >= NOTABLE) {
        report.at(
            tries.service(),
            tries.path(),
            RouteMessage.RETRY_AMPLIFICATION,
            String.join(" → ", worst.hosts()),
            String.join(", ", worst.sources()),
            worst.tries());
      }
    });
  }

  private static Map<String, Tries> tries(MeshView mesh) {
    Map<String, Tries> byHost = new TreeMap<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      for (Rule rule : Rule.http(service)) {
        long attempts = Fields.number(rule.node(), "retries", "attempts");
        if (attempts > 0 && Bindings.onMesh(service)) {
          Tries tries =
              new Tries(
                  service,
                  rule.path().key("retries").key("attempts"),
                  Math.min(attempts, MOST_TRIES) + 1);
          for (String host : Bindings.hosts(service)) {
            byHost.merge(host, tries, (a, b) -> a.number() >= b.number() ? a : b);
          }
        }
      }
    }
    return byHost;
  }

  /** Follows the calls from one host. */
  private static final class Search {
    private final Map<String, Tries> byHost;
    private final DeclaredCalls calls;
    private int steps;

    Search(Map<String, Tries> byHost, DeclaredCalls calls) {
      this.byHost = byHost;
      this.calls = calls;
    }

    /** The chain of retried calls from a host on with the most tries; each host at most once. */
    Chain worst(String host, List<String> before) {
      Tries own = byHost.get(host);
      if (own == null
          || before.contains(host)
          || before.size() == LONGEST_CHAIN
          || ++steps > MOST_STEPS) {
        return Chain.NONE;
      }
      List<String> path = new ArrayList<>(before);
      path.add(host);
      Chain best = Chain.NONE;
      String source = "";
      for (Map.Entry<String, Resource> call : calls.from(host).entrySet()) {
        Chain chain = worst(call.getKey(), path);
        if (chain.tries() > best.tries()) {
          best = chain;
          source = call.getValue().key().origin();
        }
      }
      List<String> hosts = new ArrayList<>(List.of(host));
      hosts.addAll(best.hosts());
      Set<String> sources = new TreeSet<>(best.sources());
      if (!source.isEmpty()) {
        sources.add(source);
      }
      return new Chain(hosts, sources, Math.min(MOST_TRIES, own.number() * best.tries()));
    }
  }
}
