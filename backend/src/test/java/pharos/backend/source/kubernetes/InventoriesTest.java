package pharos.backend.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.backend.demo.apiserver.ManifestYaml;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Inventory.ConfigFlag;
import pharos.graph.sample.Inventory.DataPlane;
import pharos.graph.sample.Inventory.ObjectRef;
import pharos.graph.sample.Inventory.ServiceFact;

/** From objects to facts. */
class InventoriesTest {
  private static final String SERVICES =
      """
      {apiVersion: v1, kind: Service, metadata: {namespace: bookinfo, name: reviews}, spec: {ports: [{port: 9080, name: http}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {namespace: bookinfo, name: productpage}, spec: {ports: [{port: 9080, name: http}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: cart}, spec: {ports: [{port: 80, name: http}]}}
      ---
      """;

  /** Object, and what it gives to which service. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "short host            | VirtualService | bookinfo | {hosts: [reviews], http: [{route:"
            + " [{destination: {host: reviews}}]}]} | bookinfo/reviews=virtualService",
        "host of another space | VirtualService | shop | {hosts: [reviews], http: []} | -",
        "full host             | VirtualService | shop | {hosts:"
            + " [reviews.bookinfo.svc.cluster.local], http: []} | bookinfo/reviews=virtualService",
        "half a name           | VirtualService | shop | {hosts: [reviews.bookinfo], http: []} | -",
        "wildcard              | VirtualService | shop | {hosts: ['*.bookinfo.svc.cluster.local'],"
            + " http: []} | bookinfo/productpage=virtualService bookinfo/reviews=virtualService",
        "not exported          | VirtualService | shop | {exportTo: ['.'], hosts:"
            + " [reviews.bookinfo.svc.cluster.local], http: []} | -",
        "exported to it        | VirtualService | shop | {exportTo: [bookinfo], hosts:"
            + " [reviews.bookinfo.svc.cluster.local], http: []} | bookinfo/reviews=virtualService",
        "through a gateway     | VirtualService | bookinfo | {hosts: ['*'], gateways: [front],"
            + " http: [{match: [{uri: {exact: /x}}], route: [{destination: {host: productpage}}]}]}"
            + " | bookinfo/productpage=gateway,requestRouting,virtualService",
        "split                 | VirtualService | bookinfo | {hosts: [reviews], http: [{route:"
            + " [{destination: {host: reviews, subset: a}, weight: 90}, {destination: {host:"
            + " reviews, subset: b}, weight: 10}]}]} |"
            + " bookinfo/reviews=trafficShifting,virtualService",
        "split of TCP          | VirtualService | bookinfo | {hosts: [reviews], tcp: [{route:"
            + " [{destination: {host: reviews}, weight: 1}, {destination: {host: reviews}, weight:"
            + " 1}]}]} | bookinfo/reviews=tcpTrafficShifting,virtualService",
        "timeout               | VirtualService | bookinfo | {hosts: [reviews], http: [{timeout:"
            + " 1s}]} | bookinfo/reviews=requestTimeout,virtualService",
        "fault                 | VirtualService | bookinfo | {hosts: [reviews], http: [{fault:"
            + " {abort: {httpStatus: 500}}}]} | bookinfo/reviews=faultInjection,virtualService",
        "mirror                | VirtualService | bookinfo | {hosts: [reviews], http: [{mirror:"
            + " {host: reviews}}]} | bookinfo/reviews=mirroring,virtualService",
        "circuit breaker       | DestinationRule | bookinfo | {host: reviews, trafficPolicy:"
            + " {outlierDetection: {consecutive5xxErrors: 3}}} | bookinfo/reviews=circuitBreaker",
        "breaker of a subset   | DestinationRule | bookinfo | {host: reviews, subsets: [{name: v1,"
            + " trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}}]} |"
            + " bookinfo/reviews=circuitBreaker",
        "breaker of a port     | DestinationRule | bookinfo | {host: reviews, trafficPolicy:"
            + " {portLevelSettings: [{port: {number: 80}, outlierDetection: {}}]}} |"
            + " bookinfo/reviews=circuitBreaker",
        "rule without limits   | DestinationRule | bookinfo | {host: reviews, subsets: [{name:"
            + " v1}]} | bookinfo/reviews=",
        "mesh route            | HTTPRoute | bookinfo | {parentRefs: [{kind: Service, name:"
            + " reviews}], rules: [{backendRefs: [{name: reviews, weight: 1}, {name: productpage,"
            + " weight: 1}]}]} | bookinfo/productpage=trafficShifting"
            + " bookinfo/reviews=trafficShifting",
        "gateway route         | HTTPRoute | bookinfo | {parentRefs: [{name: front}], rules:"
            + " [{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name:"
            + " productpage}]}]} | bookinfo/productpage=gateway",
        "route with a header   | HTTPRoute | bookinfo | {parentRefs: [{name: front}], rules:"
            + " [{matches: [{headers: [{name: a, value: b}]}], timeouts: {request: 1s}, filters:"
            + " [{type: RequestMirror}], backendRefs: [{name: productpage}]}]} |"
            + " bookinfo/productpage=gateway,mirroring,requestRouting,requestTimeout",
        "across namespaces     | HTTPRoute | shop | {parentRefs: [{name: front}], rules:"
            + " [{backendRefs: [{name: reviews, namespace: bookinfo}]}]} |"
            + " bookinfo/reviews=gateway",
      })
  void of_config_flagsTheServicesItTouches(
      String name, String kind, String namespace, String spec, String expected) {
    String group =
        kind.equals("HTTPRoute") ? "gateway.networking.k8s.io/v1" : "networking.istio.io/v1";
    Inventory inventory =
        inventory(
            SERVICES
                + "{apiVersion: %s, kind: %s, metadata: {namespace: %s, name: x}, spec: %s}"
                    .formatted(group, kind, namespace, spec));
    String flags =
        inventory.services().stream()
            .filter(service -> !service.objects().isEmpty())
            .map(service -> service.namespace() + "/" + service.name() + "=" + flags(service))
            .collect(Collectors.joining(" "));
    assertThat(flags.isEmpty() ? "-" : flags).as(name).isEqualTo(expected);
  }

  @Test
  void of_gatewayRoute_namesTheGatewayToo() {
    Inventory inventory =
        inventory(
            SERVICES
                + """
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: bookinfo, name: v},
                 spec: {hosts: ['*'], gateways: [istio-system/front, mesh], http: [{route: [{destination: {host: productpage}}]}]}}\
                """);
    assertThat(service(inventory, "productpage").objects())
        .containsExactly(
            new ObjectRef("VirtualService", "bookinfo", "v"),
            new ObjectRef("Gateway", "istio-system", "front"));
  }

  @Test
  void of_routeOfTheGatewayApi_namesTheGatewayOfThatGroup() {
    Inventory inventory =
        inventory(
            SERVICES
                + """
                {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {namespace: bookinfo, name: r},
                 spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: reviews}]}]}}\
                """);
    assertThat(service(inventory, "reviews").objects())
        .contains(new ObjectRef("Gateway.gateway.networking.k8s.io", "bookinfo", "front"));
  }

  @ParameterizedTest
  @CsvSource({
    "80, http, '', TCP, http",
    "80, http-web, '', TCP, http",
    "80, HTTP2-web, '', TCP, http2",
    "80, web, '', TCP, auto",
    "80, '', '', TCP, auto",
    "80, web, grpc, TCP, grpc",
    "80, http, kubernetes.io/h2c, TCP, http2",
    "80, tcp, kubernetes.io/ws, TCP, http",
    "80, grpc-web-x, '', TCP, grpc-web",
    "27017, db, '', TCP, tcp",
    "27017, mongo, '', TCP, mongo",
    "53, http, '', UDP, udp",
    "443, https, '', TCP, https",
  })
  void portProtocol_isReadAsIstioDoes(
      int port, String name, String appProtocol, String transport, String expected) {
    assertThat(PortProtocols.of(port, name, appProtocol, transport)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ReplicaSet | a-v1-5d4f | {pod-template-hash: 5d4f}          | Deployment  | a-v1",
        "ReplicaSet | a-v1-77aa | {rollouts-pod-template-hash: 77aa} | Rollout     | a-v1",
        "ReplicaSet | alone     | {}                                 | ReplicaSet  | alone",
        "StatefulSet| db        | {}                                 | StatefulSet | db",
        "Job        | tidy-28123456 | {}                             | CronJob     | tidy",
        "Job        | once      | {}                                 | Job         | once",
        "ReplicationController | x-1 | {deploymentconfig: x}         | DeploymentConfig | x",
      })
  void podOwner_isNamedAsIstioDoes(
      String kind, String owner, String labels, String expectedKind, String expectedName) {
    PodRecord pod =
        PodRecord.of(
            parse(
                    """
                    {apiVersion: v1, kind: Pod, metadata: {namespace: n, name: p, labels: %s,
                     ownerReferences: [{kind: %s, name: %s, controller: true}]}}\
                    """
                        .formatted(labels, kind.strip(), owner))
                .getFirst());
    assertThat(pod.workload()).isEqualTo(new PodRecord.Owner(expectedKind, expectedName));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{containers: [{name: a}]}                                    | {} | {} | OUT_OF_MESH",
        "{containers: [{name: a}, {name: istio-proxy}]}               | {} | {} | SIDECAR",
        "{containers: [{name: a}], initContainers: [{name: istio-proxy}]} | {} | {} | SIDECAR",
        "{containers: [{name: istio-proxy}]}                          | {} | {} | GATEWAY",
        "{containers: [{name: istio-proxy, args: [proxy, router]}, {name: x}]} | {} | {} | GATEWAY",
        "{containers: [{name: istio-proxy, args: [proxy, waypoint]}]} | {} | {} | WAYPOINT",
        "{containers: [{name: istio-proxy}]} | {gateway.istio.io/managed: istio.io-mesh-controller}"
            + " | {} | WAYPOINT",
        "{containers: [{name: a}]} | {} | {ambient.istio.io/redirection: enabled} | AMBIENT",
      })
  void dataPlane_isReadFromThePod(
      String spec, String labels, String annotations, DataPlane expected) {
    PodRecord pod =
        PodRecord.of(
            parse(
                    """
                    {apiVersion: v1, kind: Pod, metadata: {namespace: n, name: p, labels: %s, annotations: %s},
                     spec: %s}\
                    """
                        .formatted(labels, annotations, spec))
                .getFirst());
    assertThat(pod.dataPlane()).isEqualTo(expected);
  }

  @Test
  void of_selectors_chooseWorkloads() {
    Inventory inventory =
        inventory(
            """
            {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: cart, labels: {app: cart}}, spec: {containers: [{name: a}, {name: istio-proxy}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: plain, labels: {app: cart}}, spec: {containers: [{name: a}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {namespace: shop, name: mine}, spec: {selector: {matchLabels: {app: cart}}}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {namespace: shop, name: other}, spec: {selector: {matchLabels: {app: pay}}}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {namespace: shop, name: attached}, spec: {targetRefs: [{kind: Service, name: cart}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {namespace: istio-system, name: mesh}, spec: {mtls: {mode: STRICT}}}
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {namespace: bookinfo, name: elsewhere}}
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {namespace: shop, name: all}, spec: {egress: []}}
            """);
    var byName =
        inventory.workloads().stream().collect(Collectors.toMap(w -> w.name(), w -> w.objects()));
    assertThat(byName.get("cart"))
        .containsExactlyInAnyOrder(
            new ObjectRef("AuthorizationPolicy", "shop", "mine"),
            new ObjectRef("Sidecar", "shop", "all"),
            new ObjectRef("PeerAuthentication", "istio-system", "mesh"));
    assertThat(byName.get("plain")).isEmpty();
  }

  @Test
  void of_scaledToZero_isExpectedToBeAsItsNamespaceSays() {
    Inventory inventory =
        inventory(
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: side, labels: {istio-injection: enabled}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: amb, labels: {istio.io/dataplane-mode: ambient}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: side, name: a}, spec: {replicas: 0}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: side, name: b}, spec: {replicas: 0, template: {metadata: {labels: {sidecar.istio.io/inject: "false"}}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: amb, name: c}, spec: {replicas: 0}}
            """);
    assertThat(inventory.workloads())
        .extracting(w -> w.name() + " " + w.dataPlane())
        .containsExactly("c AMBIENT", "a SIDECAR", "b OUT_OF_MESH");
  }

  @Test
  void of_hostileShapes_areReadAsNothing() {
    Inventory inventory =
        inventory(
            """
            {apiVersion: v1, kind: Service, metadata: {namespace: n, name: s}, spec: {ports: 5, selector: [a]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: n, name: v}, spec: {hosts: {a: b}, http: {route: 1}, gateways: 7}}
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {namespace: n, name: d}, spec: {host: [s], subsets: x}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {namespace: n, name: p, ownerReferences: 1}, spec: 5, status: []}
            """);
    assertThat(inventory.services()).hasSize(1);
    assertThat(inventory.services().getFirst().ports()).hasSizeLessThanOrEqualTo(1);
    assertThat(inventory.workloads()).hasSize(1);
  }

  /** Prints, claims nothing: the machine is shared. */
  @Test
  @Tag("slow")
  void of_thousandServices_printsItsTime() {
    List<ObjectNode> objects = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      objects.addAll(
          parse(
              """
              {apiVersion: v1, kind: Service, metadata: {namespace: n%1$d, name: s%2$d, labels: {app: s%2$d}}, spec: {selector: {app: s%2$d}, ports: [{port: 80, name: http}]}}
              ---
              {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {namespace: n%1$d, name: s%2$d}, spec: {hosts: [s%2$d], http: [{route: [{destination: {host: s%2$d, subset: a}, weight: 90}, {destination: {host: s%2$d, subset: b}, weight: 10}]}]}}
              ---
              {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {namespace: n%1$d, name: s%2$d}, spec: {host: s%2$d, trafficPolicy: {outlierDetection: {}}}}
              ---
              {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: n%1$d, name: s%2$d}, spec: {replicas: 3, template: {metadata: {labels: {app: s%2$d, version: v1}}}}}
              """
                  .formatted(i % 40, i)));
      for (int pod = 0; pod < 3; pod++) {
        objects.addAll(
            parse(
                """
                {apiVersion: v1, kind: Pod, metadata: {namespace: n%1$d, name: s%2$d-h-%3$d, labels: {app: s%2$d, version: v1, pod-template-hash: h}, ownerReferences: [{kind: ReplicaSet, name: s%2$d-h, controller: true}]}, spec: {containers: [{name: a}, {name: istio-proxy}]}, status: {podIP: 10.0.0.1, phase: Running}}
                """
                    .formatted(i % 40, i, pod)));
      }
    }
    ClusterView view = view(objects);
    Inventory inventory = Inventory.unknown();
    for (int round = 0; round < 30; round++) {
      long begin = System.nanoTime();
      inventory = Inventories.of(view, KubernetesSettings.DEFAULT);
      if (round % 5 == 0 || round == 29) {
        System.out.printf(
            "1,000 services, 3,000 pods, round %d: %.1f ms%n",
            round, (System.nanoTime() - begin) / 1e6);
      }
    }
    assertThat(inventory.services()).hasSize(1_000);
    assertThat(inventory.workloads()).hasSize(1_000);
  }

  private static Inventory inventory(String yaml) {
    return Inventories.of(view(parse(yaml)), KubernetesSettings.DEFAULT);
  }

  private static List<ObjectNode> parse(String yaml) {
    return ManifestYaml.read(yaml);
  }

  private static ClusterView view(List<ObjectNode> objects) {
    Map<String, List<JsonNode>> byKind = new HashMap<>();
    for (ObjectNode object : objects) {
      byKind.computeIfAbsent(object.path("kind").asText(), _ -> new ArrayList<>()).add(object);
    }
    Map<WatchedKind, java.util.Collection<MeshObject>> config = new HashMap<>();
    for (WatchedKind kind : WatchedKind.ALL) {
      if (!WatchedKind.WORKLOADS.contains(kind) && !kind.equals(WatchedKind.POD)) {
        config.put(
            kind,
            byKind.getOrDefault(kind.kind(), List.of()).stream()
                .map(object -> MeshObject.of(kind.kind(), object))
                .toList());
      }
    }
    return new ClusterView(
        config.getOrDefault(WatchedKind.NAMESPACE, List.of()),
        config.getOrDefault(WatchedKind.SERVICE, List.of()),
        byKind.getOrDefault("Pod", List.of()).stream().map(PodRecord::of).toList(),
        byKind.getOrDefault("Deployment", List.of()).stream()
            .map(object -> WorkloadRecord.of("Deployment", object))
            .toList(),
        config);
  }

  private static ServiceFact service(Inventory inventory, String name) {
    return inventory.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String flags(ServiceFact service) {
    return service.config().stream()
        .map(ConfigFlag::wireName)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(","));
  }
}
