package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.effective.Cluster.Endpoint;

/** EndpointSlices, and Endpoints of Services that have no slice. */
final class Slices {
  private static final String SERVICE = "kubernetes.io/service-name";

  private final Map<String, List<Resource>> slices = new HashMap<>();
  private final Map<String, Resource> endpoints = new HashMap<>();
  private final Pods pods;

  Slices(Snapshot resources, Pods pods) {
    this.pods = pods;
    for (Resource slice : resources.all(Kinds.ENDPOINT_SLICE)) {
      String service = slice.labels().getOrDefault(SERVICE, "");
      if (!service.isEmpty() && !Fields.text(slice.root(), "addressType").equals("FQDN")) {
        slices
            .computeIfAbsent(slice.key().namespace() + "/" + service, _ -> new ArrayList<>())
            .add(slice);
      }
    }
    for (Resource object : resources.all(Kinds.ENDPOINTS)) {
      endpoints.put(object.key().namespace() + "/" + object.key().name(), object);
    }
  }

  /**
   * Endpoints of a Service's port, found by the port's name (R-DR-30).
   *
   * @return null when nobody wrote any down, so that Pods have to be asked
   */
  @Nullable List<Endpoint> of(String namespace, String service, String portName) {
    List<Resource> written = slices.get(namespace + "/" + service);
    if (written != null) {
      List<Endpoint> found = new ArrayList<>();
      written.forEach(slice -> addSlice(slice, portName, found));
      return found;
    }
    Resource object = endpoints.get(namespace + "/" + service);
    if (object == null) {
      return null;
    }
    List<Endpoint> found = new ArrayList<>();
    for (Node subset : Fields.items(object.root(), "subsets")) {
      int port = port(Fields.items(subset, "ports"), portName);
      if (port > 0) {
        Fields.items(subset, "addresses")
            .forEach(address ->
                found.add(endpoint(object, address, Fields.text(address, "ip"), port, true)));
        Fields.items(subset, "notReadyAddresses")
            .forEach(address ->
                found.add(endpoint(object, address, Fields.text(address, "ip"), port, false)));
      }
    }
    return found;
  }

  private void addSlice(Resource slice, String portName, List<Endpoint> found) {
    int port = port(Fields.items(slice.root(), "ports"), portName);
    if (port <= 0) {
      return;
    }
    for (Node entry : Fields.items(slice.root(), "endpoints")) {
      boolean known = Fields.has(entry, "conditions", "ready");
      boolean ready = !known || Fields.flag(entry, "conditions", "ready");
      if (Fields.flag(entry, "conditions", "terminating")) {
        continue; // R-DR-55: terminating and draining ones take no new requests.
      }
      for (String address : Fields.texts(entry, "addresses")) {
        found.add(endpoint(slice, entry, address, port, ready));
      }
    }
  }

  private static int port(List<Node> ports, String name) {
    for (Node port : ports) {
      if (Fields.text(port, "name").equals(name)) {
        return (int) Fields.number(port, "port");
      }
    }
    return 0;
  }

  /** An address with the labels of the pod that has it. */
  private Endpoint endpoint(Resource owner, Node entry, String address, int port, boolean ready) {
    Node target = Fields.node(entry, "targetRef");
    Resource pod =
        Fields.text(target, "kind").equals("Pod")
            ? pods.named(owner.key().namespace(), Fields.text(target, "name"))
            : pods.at(address);
    return pod == null
        ? new Endpoint(address, port, Map.of(), ready, "", 0, 1, Fields.text(target, "name"))
        : pods.workload(pod, address, ready).on(port);
  }
}
