package pharos.config.routing.waypoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.registry.ServiceRegistry;

class WaypointBindingsTest {
  /** Waypoints for services, for nothing but workloads, for all namespaces, and a plain gateway. */
  private static final String GATEWAYS =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: waypoint, namespace: shop}
      spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: pods, namespace: shop, labels: {istio.io/waypoint-for: workload}}
      spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: shared, namespace: infra, labels: {istio.io/waypoint-for: all}}
      spec:
        gatewayClassName: istio-waypoint
        listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: private, namespace: infra}
      spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
      ---
      """;

  private static WaypointBindings bindings(String namespaceLabels, String serviceLabels) {
    return bindings(
        GATEWAYS
            + """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {%s}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop, labels: {%s}}
            spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
            """
                .formatted(namespaceLabels, serviceLabels));
  }

  private static WaypointBindings bindings(String yaml) {
    var reading = new DocumentReader(Limits.DEFAULT).read("mesh.yaml", yaml);
    assertThat(reading.refusals()).isEmpty();
    Snapshot resources = Snapshot.of(reading.resources());
    return WaypointBindings.of(
        resources, ServiceRegistry.of(resources, MeshConfig.DEFAULT).services());
  }

  private static ResourceKey gateway(String namespace, String name) {
    return new ResourceKey(Kinds.K8S_GATEWAY, namespace, name);
  }

  private static List<String> served(WaypointBindings bindings, String namespace, String name) {
    return bindings.servicesOf(gateway(namespace, name)).stream()
        .map(service -> service.key().name())
        .toList();
  }

  @ParameterizedTest(name = "R-AMB-2 namespace [{0}] service [{1}]")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "                                                      |                                 | -",
        "istio.io/use-waypoint: waypoint                       |                                 | shop/waypoint",
        "                                                      | istio.io/use-waypoint: waypoint | shop/waypoint",
        "istio.io/use-waypoint: waypoint                       | istio.io/use-waypoint: none     | -",
        "istio.io/use-waypoint: none                           | istio.io/use-waypoint: waypoint | shop/waypoint",
        "'istio.io/use-waypoint: shared, istio.io/use-waypoint-namespace: infra' | | infra/shared",
        "istio.io/use-waypoint: missing                        |                                 | -",
        "istio.io/use-waypoint: waypoint                       | istio.io/use-waypoint: missing  | -",
        "istio.io/use-waypoint: pods                           |                                 | -",
        "istio.io/use-waypoint: edge                           |                                 | -",
        "'istio.io/use-waypoint: private, istio.io/use-waypoint-namespace: infra' | | -",
      })
  void of_labels_bindTheServiceOrNot(
      @Nullable String namespace, @Nullable String service, @Nullable String waypoint) {
    WaypointBindings bindings =
        bindings(namespace == null ? "" : namespace, service == null ? "" : service);
    for (String name :
        List.of("shop/waypoint", "shop/pods", "shop/edge", "infra/shared", "infra/private")) {
      String[] parts = name.split("/", 2);
      assertThat(served(bindings, parts[0], parts[1]))
          .as(name)
          .isEqualTo(name.equals(waypoint) ? List.of("cart") : List.of());
    }
  }

  @Test
  void ignored_wishThatComesToNothing_saysWhyAtTheLabel() {
    Ignored ignored =
        bindings("istio.io/use-waypoint: waypoint", "istio.io/use-waypoint: pods")
            .ignored()
            .getFirst();

    assertThat(ignored.origin().object().origin()).isEqualTo("Service shop/cart");
    assertThat(ignored.reason()).isEqualTo("Gateway shop/pods is for workload, not for services");
  }

  @Test
  void of_waypointsOwnService_hasNoWaypoint() {
    WaypointBindings bindings =
        bindings(
            "istio.io/use-waypoint: waypoint",
            "gateway.istio.io/managed: istio.io-mesh-controller");

    assertThat(served(bindings, "shop", "waypoint")).isEmpty();
  }

  @Test
  void waypointOf_proxy_goesByTheLabelOfItsPod() {
    WaypointBindings bindings = bindings("", "");

    assertThat(
            bindings.waypointOf(
                waypoint("shop", Map.of("gateway.networking.k8s.io/gateway-name", "pods"))))
        .isEqualTo(gateway("shop", "pods"));
    assertThat(
            bindings.waypointOf(
                waypoint("shop", Map.of("gateway.networking.k8s.io/gateway-name", "edge"))))
        .isNull();
    assertThat(bindings.waypointOf(waypoint("shop", Map.of())))
        .as("two waypoints in the namespace")
        .isNull();
  }

  private static Proxy waypoint(String namespace, Map<String, String> labels) {
    return new Proxy(Proxy.Kind.WAYPOINT, namespace, labels, List.of(), "");
  }
}
