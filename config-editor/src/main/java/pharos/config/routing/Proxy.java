package pharos.config.routing;

import java.util.List;
import java.util.Map;

/**
 * A proxy of the mesh.
 *
 * @param namespace of its pod: the client namespace, also called config namespace
 * @param labels of its pod
 * @param addresses of its pod; may be empty
 * @param locality {@code region/zone/subzone}, or empty
 */
public record Proxy(
    Kind kind,
    String namespace,
    Map<String, String> labels,
    List<String> addresses,
    String locality) {
  public Proxy {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }

  /** What a proxy serves. */
  public enum Kind {
    /** One pod, for its outbound calls. */
    SIDECAR,
    /** A gateway deployment ("router"). */
    GATEWAY,
    /** The server side of ambient services (section 10). */
    WAYPOINT
  }

  /** A sidecar of a pod with these labels. */
  public static Proxy sidecar(String namespace, Map<String, String> labels) {
    return new Proxy(Kind.SIDECAR, namespace, labels, List.of(), "");
  }

  /** A gateway pod with these labels. */
  public static Proxy gateway(String namespace, Map<String, String> labels) {
    return new Proxy(Kind.GATEWAY, namespace, labels, List.of(), "");
  }
}
