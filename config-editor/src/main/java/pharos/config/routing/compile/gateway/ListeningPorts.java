package pharos.config.routing.compile.gateway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.TargetPorts;
import pharos.config.routing.registry.ServiceRegistry;

/** On which ports of a pod a server listens (R-GW-6). */
public final class ListeningPorts {
  private static final String NO_TRANSLATION =
      "experimental.istio.io/disable-gateway-port-translation";

  private final List<MeshService> services;
  private final TargetPorts targets;

  /** Of the pod of a gateway proxy. */
  public ListeningPorts(Proxy proxy, ServiceRegistry registry) {
    this.targets = new TargetPorts(proxy, registry);
    this.services = registry.selecting(proxy.namespace(), proxy.labels());
  }

  /** Whether one of these Services selects the pod (R-GWAPI-1). */
  boolean selectedBy(List<String> hosts) {
    return services.stream().anyMatch(service -> hosts.contains(service.host()));
  }

  /** The ports of a server; none when it is a no-op. */
  List<Integer> of(Gateway gateway, int number) {
    List<String> hosts = gateway.services();
    if (hosts != null) {
      Set<Integer> all = new LinkedHashSet<>();
      for (MeshService service : services) {
        if (hosts.contains(service.host())) {
          all.addAll(targets.of(service, number));
        }
      }
      return List.copyOf(all);
    }
    return List.of(of(number));
  }

  /** The port of the pod behind a port that clients call; the same when no Service has it. */
  public int of(int number) {
    for (MeshService service : services) {
      if (!service.labels().containsKey(NO_TRANSLATION)) {
        List<Integer> found = targets.of(service, number);
        if (!found.isEmpty()) {
          return found.getFirst();
        }
      }
    }
    return number;
  }
}
