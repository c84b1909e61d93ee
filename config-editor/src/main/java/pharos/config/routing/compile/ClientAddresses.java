package pharos.config.routing.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * What the cluster's DNS answers to clients of a namespace. It knows every Service, whatever the
 * proxy knows (R-OB-25).
 */
public final class ClientAddresses implements EffectiveConfig.Addresses {
  private final String namespace;
  private final ServiceRegistry registry;
  private final String domain;

  /** Answers for clients of a namespace. */
  public ClientAddresses(String namespace, ServiceRegistry registry, MeshConfig mesh) {
    this.namespace = namespace;
    this.registry = registry;
    this.domain = "." + mesh.clusterDomain();
  }

  @Override
  public @Nullable String resolve(String name, int port) {
    String asked = name.toLowerCase(Locale.ROOT);
    if (asked.endsWith(".")) {
      return address(asked.substring(0, asked.length() - 1), port, new HashSet<>());
    }
    // The search list of a pod: its namespace, all namespaces, the cluster, then as written.
    for (String full :
        List.of(
            asked + "." + namespace + ".svc" + domain,
            asked + ".svc" + domain,
            asked + domain,
            asked)) {
      String address = address(full, port, new HashSet<>());
      if (address != null) {
        return address;
      }
    }
    return null;
  }

  private @Nullable String address(String host, int port, Set<String> seen) {
    if (!seen.add(host)) {
      return null;
    }
    List<MeshService> services = registry.byHost(host);
    if (services.isEmpty()) {
      return null;
    }
    MeshService service = services.getFirst();
    for (MeshService one : services) {
      if (one.namespace().equals(namespace)) {
        service = one;
      }
    }
    if (!service.alias().isEmpty()) {
      return address(service.alias(), port, seen);
    }
    for (String address : service.addresses()) {
      if (!address.contains("/")) {
        return address;
      }
    }
    MeshService.Port own = service.port(port);
    if (!service.headless() || own == null) {
      return null;
    }
    // DNS answers with all pods of a headless Service; the first ready one stands for them.
    for (Endpoint endpoint : registry.endpoints(service, own)) {
      if (endpoint.ready()) {
        return endpoint.address();
      }
    }
    return null;
  }
}
