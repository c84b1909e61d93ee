package pharos.config.routing.compile.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.compile.http.RouteContext;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * Destinations of a VirtualService on a gateway (R-GW-23, R-GW-24).
 *
 * @param namespace of the VirtualService
 * @param port {@code server.port.number}
 */
record GatewayDestinations(GatewayContext context, String namespace, int port)
    implements RouteContext.Destinations {

  /** R-GW-23: in the VirtualService's namespace first, if the gateway sees it there. */
  private @Nullable MeshService service(String host) {
    MeshService own = context.registry().find(host, namespace);
    return own != null && ServiceRegistry.visible(own, context.proxy().namespace())
        ? own
        : context.scope().find(host);
  }

  @Override
  public String cluster(Destination destination) {
    return ClusterNames.of(destination, service(destination.host()), port);
  }

  @Override
  public List<String> hashKeys(Destination destination) {
    MeshService service = service(destination.host());
    return service == null
        ? List.of()
        : context
            .policies()
            .hashKeys(context.proxy(), service, destination.subset(), destination.port());
  }
}
