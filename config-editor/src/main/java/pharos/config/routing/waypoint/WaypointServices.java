package pharos.config.routing.waypoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;

/**
 * The services of a waypoint, those it knows besides, and the names of their clusters (R-AMB-8).
 */
final class WaypointServices {
  private static final String HTTP = "http";
  private static final String TCP = "tcp";

  private final ServicesInScope scope;
  private final Map<String, MeshService> own = new LinkedHashMap<>();

  WaypointServices(List<MeshService> own, ServicesInScope scope) {
    this.scope = scope;
    own.forEach(service -> this.own.put(service.host(), service));
  }

  /** Those that it serves. */
  Collection<MeshService> own() {
    return own.values();
  }

  boolean owns(String host) {
    return own.containsKey(host);
  }

  /** The service of a host, be it its own or another one; null for an unknown one. */
  @Nullable MeshService find(String host) {
    MeshService found = own.get(host);
    return found == null ? scope.find(host) : found;
  }

  /** Whether a waypoint reads requests on a port; sniffed ports count. */
  static boolean readsHttp(MeshService.Port port) {
    return port.protocol().isHttp() || port.protocol() == PortProtocol.UNSUPPORTED;
  }

  /** Whether a waypoint can take a port's connections as they are; sniffed ports count. */
  static boolean readsTcp(MeshService.Port port) {
    return port.protocol().isTcp() || port.protocol() == PortProtocol.UNSUPPORTED;
  }

  /** The cluster for the requests of a port of an own service that no rule sends elsewhere. */
  static String httpCluster(MeshService service, int port) {
    return name(port, HTTP, service.host());
  }

  /** The cluster for the connections of a port of an own service. */
  static String tcpCluster(MeshService service, int port) {
    return name(port, TCP, service.host());
  }

  static String name(int port, String subset, String host) {
    return "inbound-vip|" + port + "|" + subset + "|" + host;
  }

  /**
   * The cluster of a destination; it need not exist.
   *
   * @param listenerPort for destinations that name none
   */
  String cluster(Destination destination, int listenerPort) {
    if (destination.host().isEmpty()) {
      return ClusterNames.UNKNOWN;
    }
    MeshService service = find(destination.host());
    int port = destination.port() == 0 ? onlyPort(service, listenerPort) : destination.port();
    if (service != null && !owns(service.host())) {
      return ClusterNames.outbound(port, destination.subset(), destination.host());
    }
    String kind = service == null ? HTTP : kind(service, port);
    String subset = destination.subset().isEmpty() ? kind : kind + "/" + destination.subset();
    return name(port, subset, destination.host());
  }

  /** Without a port: the only one that the service has, else the one that was called. */
  private static int onlyPort(@Nullable MeshService service, int listenerPort) {
    return service == null || service.ports().size() != 1
        ? listenerPort
        : service.ports().getFirst().number();
  }

  private static String kind(MeshService service, int number) {
    for (MeshService.Port port : service.ports()) {
      if (port.number() == number) {
        return readsHttp(port) ? HTTP : TCP;
      }
    }
    return HTTP;
  }
}
