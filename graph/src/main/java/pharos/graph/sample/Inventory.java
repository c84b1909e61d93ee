package pharos.graph.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the cluster beside its traffic: services, workloads, service entries, and which
 * Istio objects apply. An inventory may be older than the samples; whoever joins the two says so.
 *
 * @param namespaces all namespaces that the viewer may see, by name
 */
public record Inventory(
    Map<String, NamespaceFact> namespaces,
    List<ServiceFact> services,
    List<WorkloadFact> workloads,
    List<ServiceEntryFact> serviceEntries) {

  public Inventory {
    namespaces = Map.copyOf(namespaces);
    services = List.copyOf(services);
    workloads = List.copyOf(workloads);
    serviceEntries = List.copyOf(serviceEntries);
  }

  /**
   * Nothing is known: graphs are then built from traffic alone and no node is called dead or idle.
   */
  public static Inventory unknown() {
    return new Inventory(Map.of(), List.of(), List.of(), List.of());
  }

  /**
   * @param injection whether new pods get a sidecar ({@code istio-injection=enabled} or a revision
   *     label)
   * @param ambient {@code istio.io/dataplane-mode=ambient}
   */
  public record NamespaceFact(
      String name, boolean injection, boolean ambient, Map<String, String> labels) {
    public NamespaceFact {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * @param healthRate annotation {@code health.kiali.io/rate}, null when there is none
   * @param config what Istio configuration applies to the service's host
   */
  public record ServiceFact(
      String cluster,
      String namespace,
      String name,
      Map<String, String> labels,
      Map<String, String> selector,
      List<PortFact> ports,
      @Nullable String healthRate,
      Set<ConfigFlag> config,
      List<ObjectRef> objects) {
    public ServiceFact {
      labels = Map.copyOf(labels);
      selector = Map.copyOf(selector);
      ports = List.copyOf(ports);
      config = Set.copyOf(config);
      objects = List.copyOf(objects);
    }
  }

  /**
   * @param protocol as Istio reads it from {@code appProtocol} or the port's name: {@code http},
   *     {@code grpc}, …
   */
  public record PortFact(int number, String name, String protocol) {}

  /**
   * A workload: the owner of pods, as Istio's label {@code source_workload} names it.
   *
   * @param kind {@code Deployment}, {@code StatefulSet}, …
   * @param app canonical service name, empty when none
   * @param version canonical revision, empty when none
   * @param desired replicas asked for
   * @param current replicas that exist
   * @param available replicas that are ready
   * @param syncedProxies proxies in sync with the control plane; -1 when unknown
   */
  public record WorkloadFact(
      String cluster,
      String namespace,
      String name,
      String kind,
      String app,
      String version,
      Map<String, String> labels,
      int desired,
      int current,
      int available,
      int syncedProxies,
      DataPlane dataPlane,
      @Nullable String healthRate,
      List<ObjectRef> objects) {
    public WorkloadFact {
      labels = Map.copyOf(labels);
      objects = List.copyOf(objects);
    }
  }

  /** How a workload takes part in the mesh. */
  public enum DataPlane {
    SIDECAR,
    AMBIENT,
    WAYPOINT,
    GATEWAY,
    OUT_OF_MESH
  }

  /**
   * @param internal {@code location: MESH_INTERNAL}
   * @param exportTo namespaces that see it; empty means all
   */
  public record ServiceEntryFact(
      String cluster,
      String namespace,
      String name,
      List<String> hosts,
      boolean internal,
      Set<String> exportTo) {
    public ServiceEntryFact {
      hosts = List.copyOf(hosts);
      exportTo = Set.copyOf(exportTo);
    }
  }

  /**
   * A Kubernetes object, as a user would say it. Of two kinds with one name, Istio's has the plain
   * name and the other its group behind it.
   */
  public record ObjectRef(String kind, String namespace, String name) {}

  /**
   * What Istio configuration does to a service's traffic; shown as badges and used by find/hide.
   */
  public enum ConfigFlag {
    VIRTUAL_SERVICE("virtualService"),
    REQUEST_ROUTING("requestRouting"),
    TRAFFIC_SHIFTING("trafficShifting"),
    TCP_TRAFFIC_SHIFTING("tcpTrafficShifting"),
    REQUEST_TIMEOUT("requestTimeout"),
    FAULT_INJECTION("faultInjection"),
    MIRRORING("mirroring"),
    CIRCUIT_BREAKER("circuitBreaker"),
    GATEWAY("gateway");

    private final String wireName;

    ConfigFlag(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON. */
    public String wireName() {
      return wireName;
    }
  }
}
