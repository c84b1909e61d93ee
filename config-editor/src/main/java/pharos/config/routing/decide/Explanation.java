package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.Origin;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.Step;
import pharos.config.routing.Decision.Verdict;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;

/** Says step by step how a request got where it got. */
final class Explanation {
  /** A port of a large mesh has thousands of chains; beyond these nobody reads. */
  private static final int MOST_CHAINS = 50;

  private final EffectiveConfig config;
  private final ClusterSteps clusters;
  private final Map<String, List<Step>> byHost = new ConcurrentHashMap<>();
  private volatile @Nullable List<Ignored> ignored;

  Explanation(EffectiveConfig config) {
    this.config = config;
    this.clusters = new ClusterSteps(config.clusters());
  }

  /**
   * All steps, in order.
   *
   * @param listeners on the connection's port
   */
  List<Step> of(Track track, Decision decision, List<Listener> listeners) {
    List<Step> steps = new ArrayList<>();
    address(track, steps);
    listener(track, listeners, steps);
    Listener listener = track.listener();
    if (listener != null && listener.rejected() == null) {
      chains(track, listener, steps);
    }
    if (track.table() != null && track.facts() != null) {
      host(track, track.table(), track.facts(), steps);
    } else {
      ignored(List.of(), track, steps);
    }
    clusters.of(track, decision.outcome(), steps);
    return steps;
  }

  private void address(Track track, List<Step> steps) {
    if (track.asked() != track.connection().port()) {
      steps.add(
          taken(
              "address",
              "port " + track.asked(),
              "a Service of the gateway sends it to port %d of the pod (R-GW-6)"
                  .formatted(track.connection().port())));
    }
    if (track.request().ip() != null || config.proxy().kind() == Proxy.Kind.GATEWAY) {
      return;
    }
    String name = track.request().authority();
    if (name.isEmpty()) {
      name = track.request().sni() == null ? "" : track.request().sni();
    }
    String address = track.connection().address();
    if (name.isEmpty()) {
      return;
    }
    steps.add(
        address == null
            ? new Step(
                "address",
                name,
                Verdict.IGNORED,
                "no address is known: it is no service of the mesh, or one without an address of"
                    + " its own; only what listens on all addresses can take the call (R-OB-4)",
                null)
            : taken("address", name, "stands for " + address));
  }

  private static Step taken(String step, String subject, String reason) {
    return new Step(step, subject, Verdict.TAKEN, reason, null);
  }

  private static void listener(Track track, List<Listener> listeners, List<Step> steps) {
    Connection connection = track.connection();
    for (Listener other : listeners) {
      if (other != track.listener()) {
        String reason =
            other.address().equals(Listener.ANY_ADDRESS)
                ? "another listener has the very address"
                : "listens on %s, the call goes to %s"
                    .formatted(
                        other.address(),
                        connection.address() == null ? "no known address" : connection.address());
        steps.add(new Step("listener", other.name(), Verdict.REJECTED, reason, null));
      }
    }
    Listener listener = track.listener();
    if (listener == null) {
      steps.add(
          new Step(
              "listener",
              "port " + connection.port(),
              Verdict.REJECTED,
              "nothing listens on it: connection refused",
              null));
    } else if (listener.rejected() != null) {
      steps.add(
          new Step(
              "config",
              listener.name(),
              Verdict.REJECTED,
              "the proxy refuses the listener and keeps what it had before (R-ENV-42): "
                  + listener.rejected(),
              null));
    } else if (!track.claimed()) {
      steps.add(
          taken(
              "listener",
              listener.name(),
              "nothing listens on port %d of %s, so what is unknown goes its way (R-OB-1, R-OB-22)"
                  .formatted(
                      connection.port(),
                      connection.address() == null ? "all addresses" : connection.address())));
    } else {
      steps.add(
          taken(
              "listener",
              listener.name(),
              "listens on port %d of %s"
                  .formatted(
                      listener.port(),
                      listener.address().equals(Listener.ANY_ADDRESS)
                          ? "all addresses"
                          : listener.address())));
    }
  }

  private static void chains(Track track, Listener listener, List<Step> steps) {
    Connection connection = track.connection();
    Chain taken = track.chain() == null ? null : track.chain().chain();
    int left = 0;
    for (Chain chain : listener.chains()) {
      if (chain != taken && steps.size() < MOST_CHAINS) {
        steps.add(
            new Step(
                "chain",
                subject(chain),
                Verdict.REJECTED,
                ChainReasons.refusal(chain.match(), connection),
                chain.origin()));
      } else if (chain != taken) {
        left++;
      }
    }
    if (left > 0) {
      steps.add(
          new Step(
              "chain",
              left + " more",
              Verdict.REJECTED,
              "another chain is more specific or theirs" + " does not match",
              null));
    }
    if (taken == null) {
      steps.add(
          new Step(
              "chain",
              listener.name(),
              Verdict.REJECTED,
              "no filter chain takes %s: the connection is closed (R-ENV-40)"
                  .formatted(connection.described()),
              null));
      return;
    }
    boolean fallback = taken == listener.fallback();
    steps.add(
        new Step(
            "chain",
            subject(taken),
            Verdict.TAKEN,
            fallback
                ? "no filter chain takes %s, so the listener's last resort does (R-OB-5, R-OB-22)"
                    .formatted(connection.described())
                : "takes " + connection.described(),
            taken.origin()));
  }

  private static String subject(Chain chain) {
    return switch (chain.target()) {
      case Listener.Http http ->
          (http.terminatesTls() ? "HTTPS routes " : "HTTP routes ") + http.routeConfiguration();
      case Listener.Tcp tcp -> "TCP to " + tcp.destinations().getFirst().cluster();
    };
  }

  private void host(Track track, HttpTable table, Facts facts, List<Step> steps) {
    if (table.rejected() != null) {
      steps.add(
          new Step(
              "config",
              table.configuration().name(),
              Verdict.REJECTED,
              "the proxy refuses the route configuration and keeps what it had before (R-ENV-43): "
                  + table.rejected(),
              null));
      ignored(List.of(), track, steps);
      return;
    }
    DomainIndex.Hit<HostTable> hit = track.host();
    if (hit == null) {
      steps.add(
          new Step(
              "virtual host",
              facts.host(),
              Verdict.REJECTED,
              "none of %d virtual hosts of %s has this Host: 404 (R-ENV-5)"
                  .formatted(
                      table.configuration().virtualHosts().size(), table.configuration().name()),
              null));
      ignored(List.of(), track, steps);
      return;
    }
    VirtualHost host = hit.host().host();
    steps.add(
        taken(
            "virtual host",
            host.name(),
            "%s is its domain for Host %s".formatted(hit.domain(), facts.request().authority())));
    for (DomainIndex.Hit<HostTable> other : table.covering(facts)) {
      if (other.host() != hit.host()) {
        steps.add(
            new Step(
                "virtual host",
                other.host().host().name(),
                Verdict.REJECTED,
                "%s covers the Host as well, but %s is nearer, and only one is asked (R-ENV-1,"
                        .formatted(other.domain(), hit.domain())
                    + " R-ENV-4)",
                null));
      }
    }
    for (Ignored one : host.ignored()) {
      steps.add(ignored(one));
    }
    if (host.domains().contains("*")) {
      ignored(host.ignored(), track, steps);
    } else {
      // What concerns its domains is the same for all its requests.
      steps.addAll(
          byHost.computeIfAbsent(
              host.name() + table.configuration().name(),
              _ -> {
                List<Step> concerning = new ArrayList<>();
                ignored(host.ignored(), track, concerning);
                return List.copyOf(concerning);
              }));
    }
    routes(track, hit.host(), facts, steps);
  }

  private static void routes(Track track, HostTable host, Facts facts, List<Step> steps) {
    List<RouteEntry> entries = host.host().routes();
    if (host.host().requireTls() && !facts.forwardedProto().equals("https")) {
      steps.add(
          new Step(
              "virtual host",
              host.host().name(),
              Verdict.TAKEN,
              "asks for https before it looks at routes: 301 (R-ENV-6, R-GW-20)",
              null));
      return;
    }
    int end = track.route() < 0 ? entries.size() : track.route();
    List<String> failures = host.routes().failures(facts, end);
    for (int i = 0; i < end; i++) {
      RouteEntry entry = entries.get(i);
      steps.add(
          new Step("route", subject(entry), Verdict.REJECTED, failures.get(i), entry.origin()));
    }
    if (track.route() < 0) {
      steps.add(
          new Step(
              "route",
              host.host().name(),
              Verdict.REJECTED,
              "none of %d routes matches: 404 (R-ENV-4)".formatted(entries.size()),
              null));
      return;
    }
    RouteEntry entry = entries.get(track.route());
    steps.add(
        new Step(
            "route",
            subject(entry),
            Verdict.TAKEN,
            entry.match().catchAll()
                ? "takes every request"
                : host.routes().conditions(track.route()),
            entry.origin()));
  }

  private static String subject(RouteEntry entry) {
    return entry.origin() == null ? entry.name() : entry.origin().toString();
  }

  /** What takes no part and is about the hosts of this request. */
  private void ignored(List<Ignored> said, Track track, List<Step> steps) {
    String host = track.facts() == null ? "" : track.facts().host();
    VirtualHost found = track.host() == null ? null : track.host().host().host();
    for (Ignored one : all()) {
      if (!said.contains(one) && concerns(one, host, found)) {
        steps.add(ignored(one));
      }
    }
  }

  private static boolean concerns(Ignored one, String host, @Nullable VirtualHost found) {
    for (String name : one.hosts()) {
      if (found != null && !found.domains().contains("*")) {
        for (String domain : found.domains()) {
          if (Hosts.overlap(name, domain)) {
            return true;
          }
        }
      } else if (!host.isEmpty() && Hosts.overlap(name, host)) {
        return true;
      }
    }
    return false;
  }

  private List<Ignored> all() {
    List<Ignored> known = ignored;
    if (known == null) {
      known = config.ignored().all();
      ignored = known;
    }
    return known;
  }

  static Step ignored(Ignored one) {
    Origin origin = one.origin();
    return new Step(
        "object",
        origin.object().kind().name() + " " + origin,
        Verdict.IGNORED,
        one.reason() + " (" + one.rule() + ")",
        origin);
  }
}
