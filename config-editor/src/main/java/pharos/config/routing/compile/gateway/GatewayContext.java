package pharos.config.routing.compile.gateway;

import pharos.config.istio.MeshConfig;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.compile.scope.VisibleVirtualServices;
import pharos.config.routing.registry.ServiceRegistry;

/** Everything that the parts of a gateway's configuration are made from. */
record GatewayContext(
    Proxy proxy,
    ServicesInScope scope,
    VisibleVirtualServices virtualServices,
    ServiceRegistry registry,
    DestinationPolicies policies,
    MeshConfig mesh) {}
