package pharos.config.routing.compile;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * Takes off a proxy what makes no difference to what it is told, so that equal ones share a
 * configuration: thousands of pods come to a few groups per namespace.
 *
 * @param sidecarLabels keys of labels that tell sidecars apart
 * @param gatewayLabels keys of labels that tell gateways apart
 * @param ownListeners addresses on which sidecars listen for others, but not the pod itself
 *     (R-OB-31)
 */
record ProxyGroups(Set<String> sidecarLabels, Set<String> gatewayLabels, Set<String> ownListeners) {
  ProxyGroups {
    sidecarLabels = Set.copyOf(sidecarLabels);
    gatewayLabels = Set.copyOf(gatewayLabels);
    ownListeners = Set.copyOf(ownListeners);
  }

  static ProxyGroups of(MeshViews views, ServiceRegistry registry, DestinationPolicies policies) {
    Set<String> sidecars = new HashSet<>(views.sidecarLabels());
    sidecars.addAll(policies.proxyLabels());
    Set<String> gateways = new HashSet<>(sidecars);
    for (Gateway gateway : views.gateways()) {
      gateways.addAll(gateway.selector().keySet());
    }
    Set<String> addresses = new HashSet<>();
    for (MeshService service : registry.services()) {
      if (service.registry() == Registry.KUBERNETES) {
        gateways.addAll(service.selector().keySet()); // R-GW-6
      }
      for (MeshService.Port port : service.ports()) {
        if (service.listensPerEndpoint(port)) {
          registry.endpoints(service, port).stream().map(Endpoint::address).forEach(addresses::add);
        }
      }
    }
    return new ProxyGroups(sidecars, gateways, addresses);
  }

  /** The group of a sidecar or gateway, as the proxy that stands for it. */
  Proxy of(Proxy proxy) {
    boolean sidecar = proxy.kind() == Proxy.Kind.SIDECAR;
    Map<String, String> labels = new TreeMap<>(proxy.labels());
    labels.keySet().retainAll(sidecar ? sidecarLabels : gatewayLabels);
    return new Proxy(
        proxy.kind(),
        proxy.namespace(),
        labels,
        sidecar
            ? proxy.addresses().stream().filter(ownListeners::contains).toList()
            : proxy.addresses(),
        proxy.locality());
  }
}
