package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.istio.view.MeshService.Resolution;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster.Endpoint;

/** What is behind the ports of services. */
final class ServiceEndpoints {
  private final Snapshot resources;
  private final Pods pods;
  private final Slices slices;
  private final Entries entries;

  ServiceEndpoints(Snapshot resources) {
    this.resources = resources;
    this.pods = new Pods(resources, new Localities(resources));
    this.slices = new Slices(resources, pods);
    this.entries = new Entries(resources);
  }

  boolean unprivileged(Proxy proxy) {
    return pods.unprivileged(proxy);
  }

  List<Endpoint> of(MeshService service, MeshService.Port port) {
    if (!service.alias().isEmpty()) {
      return List.of(); // R-OB-26
    }
    Resource object = resources.get(service.key());
    List<Endpoint> found =
        service.registry() == Registry.KUBERNETES
            ? ofKubernetes(service, port, object)
            : ofEntry(service, port, object);
    return List.copyOf(found);
  }

  private List<Endpoint> ofKubernetes(
      MeshService service, MeshService.Port port, @Nullable Resource object) {
    List<Endpoint> found = new ArrayList<>();
    List<Endpoint> written = slices.of(service.namespace(), service.key().name(), port.name());
    if (written != null) {
      found.addAll(written);
    } else if (!service.selector().isEmpty()) {
      boolean notReadyToo =
          object != null && Fields.flag(object.spec(), "publishNotReadyAddresses");
      for (Resource pod : pods.selected(service.namespace(), service.selector())) {
        Workload workload = pods.workload(pod);
        int number = targetPort(port, pod);
        if (workload != null && number > 0) {
          Endpoint endpoint = workload.on(number);
          found.add(notReadyToo && !endpoint.ready() ? ready(endpoint) : endpoint);
        }
      }
    }
    if (!service.selector().isEmpty()) {
      for (Workload entry : entries.selected(service.namespace(), service.selector())) {
        found.add(entry.on(entryPort(port, entry)));
      }
    }
    return found;
  }

  private static Endpoint ready(Endpoint endpoint) {
    return new Endpoint(
        endpoint.address(),
        endpoint.port(),
        endpoint.labels(),
        true,
        endpoint.locality(),
        endpoint.priority(),
        endpoint.weight(),
        endpoint.workload());
  }

  /** A named target port is each pod's own; a pod without it does not serve the port. */
  private static int targetPort(MeshService.Port port, Resource pod) {
    if (port.targetPort().isEmpty()) {
      return port.number();
    }
    int number = digits(port.targetPort());
    return number > 0 ? number : Pods.containerPort(pod, port.targetPort());
  }

  /** R-OB-34: the entry's port of that name, else the target port, else the service's number. */
  private static int entryPort(MeshService.Port port, Workload entry) {
    Integer own = entry.ports().get(port.name());
    if (own == null && !port.targetPort().isEmpty()) {
      own = entry.ports().get(port.targetPort());
    }
    if (own != null && own > 0) {
      return own;
    }
    int target = digits(port.targetPort());
    return target > 0 ? target : port.number();
  }

  private static int digits(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  private List<Endpoint> ofEntry(
      MeshService service, MeshService.Port port, @Nullable Resource object) {
    List<Endpoint> found = new ArrayList<>();
    if (object == null) {
      return found;
    }
    List<Node> written = Fields.items(object.spec(), "endpoints");
    for (Node endpoint : written) {
      Workload workload = Entries.read(endpoint, service.namespace(), "", true);
      found.add(workload.on(entryPort(port, workload)));
    }
    boolean selects = Fields.has(object.spec(), "workloadSelector");
    if (selects && written.isEmpty()) {
      for (Workload entry : entries.selected(service.namespace(), service.selector())) {
        found.add(entry.on(entryPort(port, entry)));
      }
      for (Resource pod : selectedPods(service)) {
        Workload workload = pods.workload(pod);
        if (workload != null) {
          found.add(workload.on(entryPort(port, workload)));
        }
      }
    }
    boolean byName =
        service.resolution() == Resolution.DNS
            || service.resolution() == Resolution.DNS_ROUND_ROBIN;
    if (byName && written.isEmpty() && !selects) {
      // R-OB-34: the host's own name is resolved.
      found.add(
          new Endpoint(
              service.host(),
              entryPort(port, Entries.read(null, service.namespace(), "", true)),
              object.labels(),
              true,
              "",
              0,
              1,
              ""));
    }
    return found;
  }

  private List<Resource> selectedPods(MeshService service) {
    return service.selector().isEmpty()
        ? resources.all(Kinds.POD).stream()
            .filter(pod -> pod.key().namespace().equals(service.namespace()))
            .toList()
        : pods.selected(service.namespace(), service.selector());
  }
}
