package pharos.config.routing.compile.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pharos.config.istio.view.Gateway;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.registry.ServiceRegistry;

/** On which ports of a pod a server listens (R-GW-6). */
public final class ListeningPorts {
  private static final String NO_TRANSLATION =
      "experimental.istio.io/disable-gateway-port-translation";

  private final Proxy proxy;
  private final ServiceRegistry registry;
  private final List<MeshService> services;

  /** Of the pod of a gateway proxy. */
  public ListeningPorts(Proxy proxy, ServiceRegistry registry) {
    this.proxy = proxy;
    this.registry = registry;
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
          all.addAll(targets(service, number));
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
        List<Integer> targets = targets(service, number);
        if (!targets.isEmpty()) {
          return targets.getFirst();
        }
      }
    }
    return number;
  }

  private List<Integer> targets(MeshService service, int number) {
    List<Integer> targets = new ArrayList<>();
    for (MeshService.Port port : service.ports()) {
      if (port.number() != number) {
        continue;
      }
      String target = port.targetPort();
      if (target.isEmpty()) {
        targets.add(number);
      } else if (target.chars().allMatch(Character::isDigit) && target.length() < 6) {
        targets.add(Integer.parseInt(target));
      } else {
        addNamed(service, port, targets);
      }
    }
    return targets;
  }

  /** A named port is whatever number the pod gives it; without an own address any pod's. */
  private void addNamed(MeshService service, MeshService.Port port, List<Integer> targets) {
    List<Endpoint> endpoints = registry.endpoints(service, port);
    for (Endpoint endpoint : endpoints) {
      if (proxy.addresses().contains(endpoint.address())) {
        targets.add(endpoint.port());
        return;
      }
    }
    if (!endpoints.isEmpty()) {
      targets.add(endpoints.getFirst().port());
    }
  }
}
