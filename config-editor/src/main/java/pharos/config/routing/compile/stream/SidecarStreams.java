package pharos.config.routing.compile.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Resolution;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.Listener.Chain;
import pharos.config.routing.effective.Listener.Match;
import pharos.config.routing.effective.Listener.Protocol;

/**
 * Filter chains of one service port on a sidecar.
 *
 * @param virtualServices whose hosts overlap the service's, in scope order (R-L4-1)
 * @param port the listener's: the service port, or what a Sidecar names
 * @param protocol of that port
 * @param address of the listener
 * @param subnets of the service when its address is a CIDR; else empty
 * @param serverNames of a TLS service: its host and those of its aliases with their variants
 */
public record SidecarStreams(
    Proxy proxy,
    MeshService service,
    List<VirtualService> virtualServices,
    ServicesInScope services,
    int port,
    PortProtocol protocol,
    String address,
    List<String> subnets,
    List<String> serverNames) {
  public SidecarStreams {
    virtualServices = List.copyOf(virtualServices);
    subnets = List.copyOf(subnets);
    serverNames = List.copyOf(serverNames);
  }

  /** R-L4-2: {@code tls} rules for TLS ports, {@code tcp} rules for all others. */
  public List<Chain> chains() {
    return protocol.isTls() ? tls() : tcp();
  }

  /** R-L4-3, R-L4-4. */
  private List<Chain> tls() {
    List<Chain> chains = new ArrayList<>();
    Set<List<List<String>>> seen = new HashSet<>();
    // R-L4-3: once a match names subnets, later ones without any inherit them.
    List<String> destinations = subnets;
    for (VirtualService one : virtualServices) {
      for (StreamRoute rule : one.tls()) {
        Listener.Tcp target = StreamTargets.of(rule, services, port);
        if (target == null) {
          continue;
        }
        for (StreamRoute.Match match : rule.match()) {
          if (!applies(match)) {
            continue;
          }
          if (!match.destinationSubnets().isEmpty()) {
            destinations = match.destinationSubnets();
          }
          if (seen.add(List.of(match.sniHosts(), match.destinationSubnets()))) {
            chains.add(chain(match.sniHosts(), destinations, target, match.origin()));
          }
        }
      }
    }
    if (chains.isEmpty()) {
      // Without an address of its own the name in the handshake is all that tells services apart.
      boolean byName =
          !subnets.isEmpty()
              || (address.equals(Listener.ANY_ADDRESS) && service.addresses().isEmpty())
              || service.resolution() == Resolution.DYNAMIC_DNS;
      chains.add(chain(byName ? serverNames : List.of(), subnets, defaultTarget(), null)); // R-L4-5
    }
    return chains;
  }

  /** R-L4-6. */
  private List<Chain> tcp() {
    List<Chain> chains = new ArrayList<>();
    boolean sameAsDefault = false;
    for (VirtualService one : virtualServices) {
      for (StreamRoute rule : one.tcp()) {
        Listener.Tcp target = StreamTargets.of(rule, services, port);
        if (target == null) {
          continue;
        }
        if (rule.match().isEmpty()) {
          chains.add(chain(List.of(), subnets, target, rule.origin()));
          return chains;
        }
        List<String> collected = new ArrayList<>();
        for (StreamRoute.Match match : rule.match()) {
          if (!applies(match)) {
            continue;
          }
          if (match.destinationSubnets().isEmpty()) {
            chains.add(chain(List.of(), subnets, target, match.origin()));
            return chains;
          }
          collected.addAll(match.destinationSubnets());
        }
        if (!collected.isEmpty()) {
          chains.add(chain(List.of(), collected, target, rule.origin()));
          sameAsDefault |=
              collected.stream().sorted().toList().equals(subnets.stream().sorted().toList());
        }
      }
    }
    if (!sameAsDefault) {
      chains.add(chain(List.of(), subnets, defaultTarget(), null));
    }
    return chains;
  }

  /** R-VS-6, R-L4-7: all of them must hold. */
  private boolean applies(StreamRoute.Match match) {
    return (match.port() == 0 || match.port() == port)
        && (match.gateways().isEmpty() || match.gateways().contains(VirtualService.MESH))
        && Selectors.matches(match.sourceLabels(), proxy.labels())
        && (match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(proxy.namespace()));
  }

  private Listener.Tcp defaultTarget() {
    int servicePort = service.ports().size() == 1 ? service.ports().getFirst().number() : port;
    return StreamTargets.to(ClusterNames.outbound(servicePort, "", service.host()));
  }

  private static Chain chain(
      List<String> names, List<String> destinations, Listener.Tcp target, @Nullable Origin origin) {
    return new Chain(new Match(names, destinations, Protocol.ANY), target, origin);
  }
}
