package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Sidecar;

/** An egress listener of a Sidecar, or the only one of a proxy without: what it imports. */
public final class EgressListener {
  private final Sidecar.@Nullable Egress egress;
  private final List<MeshService> services;
  private final ScopedVirtualServices virtualServices;
  private final Map<Integer, List<MeshService>> byPort = new HashMap<>();

  EgressListener(
      Sidecar.@Nullable Egress egress,
      List<MeshService> services,
      ScopedVirtualServices virtualServices) {
    this.egress = egress;
    this.services = List.copyOf(services);
    this.virtualServices = virtualServices;
    for (MeshService service : services) {
      for (MeshService.Port port : service.ports()) {
        byPort.computeIfAbsent(port.number(), _ -> new ArrayList<>()).add(service);
      }
    }
  }

  /** The port that it is for, or null for the catch-all listener. */
  public Sidecar.@Nullable Port port() {
    return egress == null ? null : egress.port();
  }

  /** Address or socket that it binds; empty for none. */
  public String bind() {
    return egress == null ? "" : egress.bind();
  }

  /** Whether traffic reaches it by interception; otherwise clients dial it. */
  public boolean captured() {
    return egress == null || egress.captured();
  }

  /** Whether it serves an HTTP proxy or a Unix socket: any port may be meant (R-OB-13). */
  public boolean anyPort() {
    Sidecar.Port port = port();
    return port != null
        && (port.number() == 0 || PortProtocol.parse(port.protocol()) == PortProtocol.HTTP_PROXY);
  }

  /** Imported services in scope order. */
  public List<MeshService> services() {
    return services;
  }

  /** Those that have a port. */
  public List<MeshService> services(int port) {
    return byPort.getOrDefault(port, List.of());
  }

  /** Ports of the imported services. */
  public Iterable<Integer> ports() {
    return byPort.keySet();
  }

  /** Imported VirtualServices. */
  public ScopedVirtualServices virtualServices() {
    return virtualServices;
  }
}
