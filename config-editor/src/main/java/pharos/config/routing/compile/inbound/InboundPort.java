package pharos.config.routing.compile.inbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.Sidecar;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.TargetPorts;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * A port of a pod that its sidecar takes calls for.
 *
 * @param port that clients reach, after translation by the service
 * @param service that it is a port of, or null for one that a Sidecar lists
 * @param servicePort number of the service's port
 * @param ingress the entry of a Sidecar, or null
 */
record InboundPort(
    int port,
    PortProtocol protocol,
    @Nullable MeshService service,
    int servicePort,
    Sidecar.@Nullable Ingress ingress) {

  /** The ports that a Sidecar lists; else those of the services that select the pod, by age. */
  static List<InboundPort> of(Proxy proxy, @Nullable Sidecar sidecar, ServiceRegistry registry) {
    Map<Integer, InboundPort> ports = new LinkedHashMap<>();
    if (sidecar != null && !sidecar.ingress().isEmpty()) {
      for (Sidecar.Ingress entry : sidecar.ingress()) {
        ports.putIfAbsent(
            entry.port().number(),
            new InboundPort(
                entry.port().number(),
                PortProtocol.parse(entry.port().protocol()),
                null,
                entry.port().number(),
                entry));
      }
      return List.copyOf(ports.values());
    }
    TargetPorts targets = new TargetPorts(proxy, registry);
    for (MeshService service : registry.services()) {
      if (!selects(service, proxy)) {
        continue;
      }
      for (MeshService.Port port : service.ports()) {
        if (port.protocol() != PortProtocol.UDP) {
          targets
              .of(service, port)
              .forEach(target ->
                  ports.putIfAbsent(
                      target,
                      new InboundPort(target, port.protocol(), service, port.number(), null)));
        }
      }
    }
    return List.copyOf(ports.values());
  }

  private static boolean selects(MeshService service, Proxy proxy) {
    return service.namespace().equals(proxy.namespace())
        && !service.selector().isEmpty()
        && Selectors.matches(service.selector(), proxy.labels());
  }

  /** Reads requests; what is sniffed counts. */
  boolean readsHttp() {
    return protocol.isHttp() || protocol == PortProtocol.UNSUPPORTED;
  }

  /** Where the pod listens, if a Sidecar says so; null for where the client dialled. */
  @Nullable Endpoint endpoint() {
    String written = ingress == null ? "" : ingress.defaultEndpoint();
    if (written.isEmpty()) {
      return null;
    }
    int colon = written.lastIndexOf(':');
    String number = written.substring(colon + 1);
    boolean address =
        !number.isEmpty()
            && number.length() < 6
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    return new Endpoint(
        address ? written.substring(0, Math.max(colon, 0)) : written,
        address ? Integer.parseInt(number) : 0,
        Map.of(),
        true,
        "",
        0,
        1,
        "");
  }

  @Nullable Origin origin() {
    return ingress == null ? null : ingress.origin();
  }
}
