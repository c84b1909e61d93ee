package pharos.backend.demo.model;

import java.util.List;
import java.util.Map;

/** A Kubernetes Service: a name for the pods that its selector picks. */
public record Service(
    String namespace, String name, Map<String, String> selector, List<Port> ports) {

  public Service {
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
  }

  /** A port, the same on the service and on the pods. */
  public record Port(String name, int number, AppProtocol protocol) {}

  /** A service that selects pods by their label {@code app}, which is also its name. */
  public static Service of(String namespace, String name, AppProtocol protocol, int port) {
    return new Service(
        namespace, name, Map.of("app", name), List.of(new Port(protocol.label(), port, protocol)));
  }

  /** For example {@code reviews.bookinfo.svc.cluster.local}. */
  public String host() {
    return name + "." + namespace + ".svc.cluster.local";
  }
}
