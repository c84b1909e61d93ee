package pharos.config.routing.compile.scope;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig.OutboundPolicy;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Ignored;

/**
 * What the sidecars of a namespace, or some of them, know.
 *
 * @param listeners in the order of the Sidecar
 * @param services of all listeners, and those that are in scope for clusters alone (R-SC-13)
 * @param byHost the same by host
 * @param outboundPolicy for destinations that nobody declared (R-OB-22)
 * @param egressProxy where those go instead (R-OB-23), or null
 * @param ignored what is visible and not imported
 */
public record SidecarScope(
    List<EgressListener> listeners,
    List<MeshService> services,
    Map<String, MeshService> byHost,
    OutboundPolicy outboundPolicy,
    @Nullable Destination egressProxy,
    List<Ignored> ignored)
    implements ServicesInScope {
  public SidecarScope {
    listeners = List.copyOf(listeners);
    services = List.copyOf(services);
    byHost = Map.copyOf(byHost);
    ignored = List.copyOf(ignored);
  }

  @Override
  public List<MeshService> all() {
    return services;
  }

  @Override
  public @Nullable MeshService find(String host) {
    return byHost.get(host);
  }

  /**
   * R-SC-8: the listener that answers for a port, or null.
   *
   * @param bind the socket's path when the port is 0
   */
  public @Nullable EgressListener answering(int port, String bind) {
    for (EgressListener listener : listeners) {
      var own = listener.port();
      if (own == null) {
        return listener;
      }
      if (own.number() == port && (port != 0 || listener.bind().equals(bind))) {
        return listener;
      }
    }
    return null;
  }
}
