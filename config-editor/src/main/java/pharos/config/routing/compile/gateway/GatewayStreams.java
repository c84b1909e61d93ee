package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pharos.config.istio.HostNames;
import pharos.config.istio.Hosts;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.stream.StreamTargets;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;

/**
 * Filter chains of servers that route connections (R-GW-29, R-GW-32 to R-GW-36, R-L4-20, R-L4-22).
 */
final class GatewayStreams {
  private final GatewayContext context;
  private final HostsUsed serverNames = new HostsUsed();

  /** For the servers of one address and port. */
  GatewayStreams(GatewayContext context) {
    this.context = context;
  }

  /** R-GW-32: the first {@code tcp} rule that fits is the whole chain. */
  void opaque(BoundServer server, Match match, List<Chain> chains) {
    for (VirtualService one : overlapping(server)) {
      for (StreamRoute rule : one.tcp()) {
        Listener.Tcp target =
            StreamTargets.of(rule, context.scope(), server.server().port()); // R-GW-36
        if (target != null
            && (rule.match().isEmpty()
                || rule.match().stream().anyMatch(candidate -> applies(candidate, server)))) {
          chains.add(new Chain(match, target, rule.origin()));
          return;
        }
      }
    }
  }

  /** R-GW-33, R-GW-34: names come from the matches alone; the first match with a name has it. */
  void passthrough(BoundServer server, List<Chain> chains) {
    for (VirtualService one : overlapping(server)) {
      for (StreamRoute rule : one.tls()) {
        Listener.Tcp target = StreamTargets.of(rule, context.scope(), server.server().port());
        if (target == null) {
          continue;
        }
        for (StreamRoute.Match match : rule.match()) {
          if (applies(match, server) && serverNames.take(match.sniHosts()).isEmpty()) {
            List<String> names = match.sniHosts().contains("*") ? List.of() : match.sniHosts();
            chains.add(
                new Chain(new Match(names, List.of(), Protocol.ANY), target, match.origin()));
          }
        }
      }
    }
  }

  /** R-GW-29: a chain per port and subset of every service of the mesh that a host covers. */
  void autoPassthrough(BoundServer server, List<Chain> chains) {
    List<String> hosts = server.serverNames();
    for (MeshService service : context.scope().all()) {
      boolean covered =
          hosts.isEmpty() || hosts.stream().anyMatch(host -> Hosts.subsetOf(service.host(), host));
      if (!covered || service.meshExternal() || !service.alias().isEmpty()) {
        continue;
      }
      List<String> subsets = new ArrayList<>(List.of(""));
      subsets.addAll(context.policies().subsets(context.proxy(), service));
      Consumer<MeshService.Port> add =
          port ->
              subsets.forEach(subset -> {
                String name = ClusterNames.serverName(port.number(), subset, service.host());
                chains.add(
                    new Chain(
                        new Match(List.of(name), List.of(), Protocol.ISTIO_MTLS),
                        StreamTargets.to(
                            ClusterNames.outbound(port.number(), subset, service.host())),
                        server.server().origin()));
              });
      service.ports().stream().filter(port -> port.protocol() != PortProtocol.UDP).forEach(add);
    }
  }

  /** VirtualServices of the Gateway with a host that overlaps one of the server's. */
  private List<VirtualService> overlapping(BoundServer server) {
    return context
        .virtualServices()
        .onGateway(server.gateway().name(), context.proxy().namespace())
        .stream()
        .filter(one -> {
          List<String> hosts = HostNames.forNamespace(server.server().hosts(), one.namespace());
          return one.hosts().stream()
              .anyMatch(host -> hosts.stream().anyMatch(other -> Hosts.overlap(host, other)));
        })
        .toList();
  }

  /** R-L4-21: nothing else of a match is looked at. */
  private static boolean applies(StreamRoute.Match match, BoundServer server) {
    return (match.port() == 0 || match.port() == server.server().port())
        && (match.gateways().isEmpty() || match.gateways().contains(server.gateway().name()));
  }
}
