package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.VirtualService;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.dialect.Translated;
import pharos.config.routing.effective.Ignored;

/** Translates the Gateway API objects of a snapshot (R-GWAPI-1 to R-GWAPI-33). */
public final class GatewayApi {
  private GatewayApi() {}

  /** The views that the snapshot's Gateway API objects come to. */
  public static Translated translate(Snapshot resources, MeshConfig mesh) {
    Set<Ignored> notes = new LinkedHashSet<>();
    GatewayListeners listeners = GatewayListeners.of(resources, mesh.clusterDomain(), notes);
    Attachments attachments = new Attachments(resources, mesh.clusterDomain(), listeners, notes);
    Backends backends =
        new Backends(resources, mesh.clusterDomain(), ReferenceGrants.of(resources), notes);

    List<VirtualService> virtualServices = new ArrayList<>();
    HttpVirtualServices http = new HttpVirtualServices(attachments, backends, notes);
    routes(resources, Kinds.HTTP_ROUTE).forEach(http::add);
    routes(resources, Kinds.GRPC_ROUTE).forEach(http::add);
    virtualServices.addAll(http.merged());
    StreamVirtualServices streams = new StreamVirtualServices(attachments, backends, notes);
    routes(resources, Kinds.TLS_ROUTE)
        .forEach(route -> virtualServices.addAll(streams.ofTlsRoute(route)));
    routes(resources, Kinds.TCP_ROUTE)
        .forEach(route -> virtualServices.addAll(streams.ofTcpRoute(route)));
    return new Translated(
        virtualServices, listeners.gateways(), listeners.managed(), List.copyOf(notes));
  }

  private static List<RouteObject> routes(Snapshot resources, ResourceKey.Kind kind) {
    List<RouteObject> routes = new ArrayList<>();
    for (Resource resource : resources.all(kind)) {
      routes.add(new RouteObject(resource));
    }
    return routes;
  }
}
