package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.List;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * On which ports of a pod the ports of a service that selects it arrive.
 *
 * @param proxy of the pod
 */
public record TargetPorts(Proxy proxy, ServiceRegistry registry) {

  /** The targets of a port number; several when the service has it several times. */
  public List<Integer> of(MeshService service, int number) {
    List<Integer> targets = new ArrayList<>();
    for (MeshService.Port port : service.ports()) {
      if (port.number() == number) {
        add(service, port, targets);
      }
    }
    return targets;
  }

  /** The target of a port; none when no pod has a port of its name. */
  public List<Integer> of(MeshService service, MeshService.Port port) {
    List<Integer> targets = new ArrayList<>(1);
    add(service, port, targets);
    return targets;
  }

  private void add(MeshService service, MeshService.Port port, List<Integer> targets) {
    String target = port.targetPort();
    if (target.isEmpty()) {
      targets.add(port.number());
    } else if (target.chars().allMatch(Character::isDigit) && target.length() < 6) {
      targets.add(Integer.parseInt(target));
    } else {
      addNamed(service, port, targets);
    }
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
