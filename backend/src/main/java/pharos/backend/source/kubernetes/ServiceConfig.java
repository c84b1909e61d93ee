package pharos.backend.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.ObjectRef;

/**
 * Which configuration touches which service. A route touches a service when its host is the
 * service, or when one of its destinations is: that is how the route of a gateway, whose host is a
 * public name, touches the front end. Indexed by host, so that a service costs a look-up.
 */
final class ServiceConfig {
  /** Its plain name is Istio's. */
  private static final String GATEWAY_API_GATEWAY = "Gateway.gateway.networking.k8s.io";

  private final Map<String, Set<Applied>> byHost = new HashMap<>();
  private final List<Map.Entry<String, Applied>> byPattern = new ArrayList<>();

  ServiceConfig(ClusterView view) {
    view.config(WatchedKind.VIRTUAL_SERVICE).forEach(this::virtualService);
    view.config(WatchedKind.DESTINATION_RULE).forEach(this::destinationRule);
    for (MeshObject entry : view.config(WatchedKind.SERVICE_ENTRY)) {
      Applied applied = new Applied(entry, Set.of(), List.of());
      Json.list(entry.spec().path("hosts")).forEach(host -> at(host, applied));
    }
    WatchedKind.ROUTES.forEach(kind -> view.config(kind).forEach(this::route));
  }

  /** Flags and objects of one service. */
  Found of(String namespace, String service) {
    String host = Hosts.of(namespace, service);
    Set<ConfigFlag> flags = EnumSet.noneOf(ConfigFlag.class);
    Set<ObjectRef> objects = new LinkedHashSet<>();
    for (Applied applied : byHost.getOrDefault(host, Set.of())) {
      applied.addTo(namespace, flags, objects);
    }
    for (Map.Entry<String, Applied> pattern : byPattern) {
      if (Hosts.matches(pattern.getKey(), host)) {
        pattern.getValue().addTo(namespace, flags, objects);
      }
    }
    return new Found(flags, List.copyOf(objects));
  }

  private void virtualService(MeshObject object) {
    JsonNode spec = object.spec();
    List<String> gateways = Json.list(spec.path("gateways"));
    boolean inMesh = gateways.isEmpty() || gateways.contains("mesh");
    List<ObjectRef> references = new ArrayList<>();
    for (String gateway : gateways) {
      if (!gateway.equals("mesh")) {
        references.add(istioGateway(gateway, object.namespace()));
      }
    }
    Set<ConfigFlag> flags = RouteFlags.ofVirtualService(spec);
    if (!references.isEmpty()) {
      flags.add(ConfigFlag.GATEWAY);
    }
    Applied applied = new Applied(object, flags, references);
    if (inMesh) {
      for (String host : Json.list(spec.path("hosts"))) {
        at(Hosts.resolve(host, object.namespace()), applied);
      }
    }
    for (String protocol : List.of("http", "tcp", "tls")) {
      for (JsonNode rule : spec.path(protocol)) {
        for (JsonNode route : rule.path("route")) {
          at(
              Hosts.resolve(route.path("destination").path("host").asText(), object.namespace()),
              applied);
        }
      }
    }
  }

  private static ObjectRef istioGateway(String name, String namespace) {
    int slash = name.indexOf('/');
    return slash < 0
        ? new ObjectRef("Gateway", namespace, name)
        : new ObjectRef("Gateway", name.substring(0, slash), name.substring(slash + 1));
  }

  private void destinationRule(MeshObject object) {
    Set<ConfigFlag> flags =
        RouteFlags.hasCircuitBreaker(object.spec())
            ? EnumSet.of(ConfigFlag.CIRCUIT_BREAKER)
            : Set.of();
    String host = Hosts.resolve(object.spec().path("host").asText(), object.namespace());
    at(host, new Applied(object, flags, List.of()));
  }

  /** HTTPRoute, GRPCRoute and TCPRoute. */
  private void route(MeshObject object) {
    Set<ConfigFlag> flags = RouteFlags.ofGatewayApiRoute(object.kind(), object.spec());
    List<ObjectRef> gateways = new ArrayList<>();
    Set<String> hosts = new LinkedHashSet<>();
    for (JsonNode parent : object.spec().path("parentRefs")) {
      String namespace = parent.path("namespace").asText(object.namespace());
      String name = parent.path("name").asText();
      if (parent.path("kind").asText("Gateway").equals("Service")) {
        hosts.add(Hosts.of(namespace, name));
      } else {
        gateways.add(new ObjectRef(GATEWAY_API_GATEWAY, namespace, name));
      }
    }
    if (!gateways.isEmpty()) {
      flags.add(ConfigFlag.GATEWAY);
    }
    for (JsonNode rule : object.spec().path("rules")) {
      for (JsonNode backend : rule.path("backendRefs")) {
        hosts.add(
            Hosts.of(
                backend.path("namespace").asText(object.namespace()),
                backend.path("name").asText()));
      }
    }
    Applied applied = new Applied(object, flags, gateways);
    hosts.forEach(host -> at(host, applied));
  }

  private void at(String host, Applied applied) {
    if (host.startsWith("*")) {
      byPattern.add(Map.entry(host, applied));
    } else {
      byHost.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(applied);
    }
  }

  /** What was found for one service. */
  record Found(Set<ConfigFlag> flags, List<ObjectRef> objects) {}

  /** Identity is enough: one per object. */
  private static final class Applied {
    private final MeshObject object;
    private final Set<ConfigFlag> flags;
    private final List<ObjectRef> with;

    Applied(MeshObject object, Set<ConfigFlag> flags, List<ObjectRef> with) {
      this.object = object;
      this.flags = flags;
      this.with = with;
    }

    void addTo(String namespace, Set<ConfigFlag> toFlags, Set<ObjectRef> toObjects) {
      if (object.visibleFrom(namespace)) {
        toFlags.addAll(flags);
        toObjects.add(object.reference());
        toObjects.addAll(with);
      }
    }
  }
}
