package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.gatewayapi.AllowedRoutes;
import pharos.config.routing.gatewayapi.GatewayClasses;
import pharos.config.routing.gatewayapi.GatewayServices;

/** Which waypoint serves which service (R-AMB-2). */
public final class WaypointBindings {
  private static final String USE = "istio.io/use-waypoint";
  private static final String USE_NAMESPACE = "istio.io/use-waypoint-namespace";
  private static final String FOR = "istio.io/waypoint-for";
  private static final String MANAGED = "gateway.istio.io/managed";
  private static final String NONE = "none";

  private final Snapshot resources;
  private final AllowedRoutes allowedRoutes;
  private final Map<ResourceKey, List<MeshService>> services = new LinkedHashMap<>();
  private final Map<MeshService, ResourceKey> waypoints = new LinkedHashMap<>();
  private final Set<Ignored> ignored = new LinkedHashSet<>();

  private WaypointBindings(Snapshot resources) {
    this.resources = resources;
    this.allowedRoutes = new AllowedRoutes(resources);
  }

  /**
   * The bindings of a mesh.
   *
   * @param services all of its services, in the order that the answers keep
   */
  public static WaypointBindings of(Snapshot resources, List<MeshService> services) {
    WaypointBindings bindings = new WaypointBindings(resources);
    services.forEach(bindings::bind);
    return bindings;
  }

  /** The waypoint that serves a service, or null. */
  public @Nullable ResourceKey waypointOf(MeshService service) {
    return waypoints.get(service);
  }

  /** The services that a waypoint serves. */
  public List<MeshService> servicesOf(ResourceKey waypoint) {
    return services.getOrDefault(waypoint, List.of());
  }

  /** Wishes for a waypoint that come to nothing, and why. */
  public List<Ignored> ignored() {
    return List.copyOf(ignored);
  }

  /**
   * The waypoint that a proxy belongs to: the one that the label of its pod names, or the only one
   * of its namespace when the pod says nothing.
   *
   * @return null when there is none
   */
  public @Nullable ResourceKey waypointOf(Proxy proxy) {
    String name = proxy.labels().getOrDefault(GatewayServices.GATEWAY_NAME_LABEL, "");
    List<ResourceKey> found = new ArrayList<>();
    for (Resource gateway : resources.all(Kinds.K8S_GATEWAY)) {
      ResourceKey key = gateway.key();
      boolean named = name.isEmpty() || key.name().equals(name);
      if (named && key.namespace().equals(proxy.namespace()) && isWaypoint(gateway)) {
        found.add(key);
      }
    }
    return found.size() == 1 ? found.getFirst() : null;
  }

  /** The service's own label decides; without one, the label of its namespace. */
  private void bind(MeshService service) {
    if (service.labels().getOrDefault(MANAGED, "").equals("istio.io-mesh-controller")) {
      return; // A waypoint has no waypoint.
    }
    if (bind(service, service.key(), service.labels())) {
      return;
    }
    ResourceKey namespace = new ResourceKey(Kinds.NAMESPACE, "", service.namespace());
    Resource document = resources.get(namespace);
    if (document != null) {
      bind(service, namespace, document.labels());
    }
  }

  /**
   * Binds a service as some labels say.
   *
   * @return whether they say anything, be it that there is none
   */
  private boolean bind(MeshService service, ResourceKey source, Map<String, String> labels) {
    String name = labels.getOrDefault(USE, "");
    if (name.isEmpty()) {
      return false;
    }
    if (name.equals(NONE)) {
      return true;
    }
    ResourceKey waypoint =
        new ResourceKey(
            Kinds.K8S_GATEWAY, labels.getOrDefault(USE_NAMESPACE, service.namespace()), name);
    String refusal = refusal(waypoint, service.namespace());
    if (refusal == null) {
      waypoints.put(service, waypoint);
      services.computeIfAbsent(waypoint, _ -> new ArrayList<>()).add(service);
    } else {
      ignored.add(
          new Ignored(
              new Origin(source, Path.of("metadata", "labels", USE), -1, -1, null),
              "R-AMB-2",
              refusal));
    }
    return true;
  }

  private @Nullable String refusal(ResourceKey waypoint, String namespace) {
    Resource gateway = resources.get(waypoint);
    if (gateway == null) {
      return "there is no Gateway " + waypoint.namespace() + "/" + waypoint.name();
    }
    if (!isWaypoint(gateway)) {
      return gateway.key().origin() + " is no waypoint";
    }
    String traffic = trafficType(gateway);
    if (!traffic.equals("service") && !traffic.equals("all")) {
      return "%s is for %s, not for services".formatted(gateway.key().origin(), traffic);
    }
    return allows(gateway, namespace)
        ? null
        : "%s does not take services of namespace %s (allowedRoutes)"
            .formatted(gateway.key().origin(), namespace);
  }

  private boolean isWaypoint(Resource gateway) {
    String className = Fields.text(gateway.spec(), "gatewayClassName");
    return GatewayClasses.controller(resources, className).equals(GatewayClasses.WAYPOINT);
  }

  /**
   * {@code service}, {@code workload}, {@code all} or {@code none}; the class may have a default.
   */
  private String trafficType(Resource gateway) {
    String own = gateway.labels().getOrDefault(FOR, "");
    if (!own.isEmpty()) {
      return own;
    }
    Resource gatewayClass =
        resources.get(
            new ResourceKey(
                Kinds.GATEWAY_CLASS, "", Fields.text(gateway.spec(), "gatewayClassName")));
    return gatewayClass == null ? "service" : gatewayClass.labels().getOrDefault(FOR, "service");
  }

  private boolean allows(Resource gateway, String namespace) {
    String own = gateway.key().namespace();
    List<Node> listeners = Fields.items(gateway.spec(), "listeners");
    return listeners.isEmpty()
        ? own.equals(namespace)
        : allowedRoutes.allow(own, listeners.getFirst(), namespace);
  }
}
