package pharos.config.routing.compile.sidecar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.MeshRetries;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.scope.SidecarScope;
import pharos.config.routing.registry.ServiceRegistry;

/** Everything that the parts of a sidecar's configuration are made from. */
record SidecarContext(
    Proxy proxy,
    SidecarScope scope,
    ServiceRegistry registry,
    DestinationPolicies policies,
    MeshConfig mesh) {

  VirtualHostDomains domains() {
    return new VirtualHostDomains(proxy.namespace(), mesh, registry);
  }

  HttpRoute.@Nullable Retries defaultRetries() {
    return MeshRetries.of(mesh);
  }

  /** R-HTTP-93: keys of a destination whose service is in scope. */
  List<String> hashKeys(String host, String subset, int port) {
    MeshService service = scope.find(host);
    return service == null ? List.of() : policies.hashKeys(proxy, service, subset, port);
  }
}
