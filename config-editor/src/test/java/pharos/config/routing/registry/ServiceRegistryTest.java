package pharos.config.routing.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Resolution;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Snapshot;

class ServiceRegistryTest {
  private static final String REVIEWS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: bookinfo, creationTimestamp: "2026-01-02T00:00:00Z"}
      spec:
        clusterIP: 10.0.0.7
        selector: {app: reviews}
        ports:
        - {name: http, port: 9080, targetPort: web}
        - {name: dns, port: 53, protocol: UDP}
      """;

  private static ServiceRegistry registry(String... documents) {
    var reading =
        new DocumentReader(Limits.DEFAULT).read("mesh.yaml", String.join("---\n", documents));
    assertThat(reading.refusals()).isEmpty();
    return ServiceRegistry.of(Snapshot.of(reading.resources()), MeshConfig.DEFAULT);
  }

  private static MeshService only(ServiceRegistry registry, String host) {
    assertThat(registry.byHost(host)).hasSize(1);
    return registry.byHost(host).getFirst();
  }

  /** {@code address:port}, with a minus when it is not ready. */
  private static List<String> endpoints(ServiceRegistry registry, String host, int port) {
    MeshService service = only(registry, host);
    MeshService.Port wanted =
        service.ports().stream().filter(p -> p.number() == port).findFirst().orElseThrow();
    return registry.endpoints(service, wanted).stream()
        .map(e -> (e.ready() ? "" : "-") + e.address() + ":" + e.port())
        .toList();
  }

  private static String pod(String name, String ip, String more) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: bookinfo, labels: {app: reviews, version: v1}}
    spec:
      nodeName: n1
      containers: [{name: c, ports: [{name: web, containerPort: 8080}]}]
    status: {podIP: %s%s}
    """
        .formatted(name, ip, more);
  }

  @Test
  void of_kubernetesService_hasItsFullNameAddressAndProtocols() {
    MeshService reviews = only(registry(REVIEWS), "reviews.bookinfo.svc.cluster.local");
    assertThat(reviews.addresses()).containsExactly("10.0.0.7");
    assertThat(reviews.ports())
        .extracting(MeshService.Port::protocol)
        .containsExactly(PortProtocol.HTTP, PortProtocol.UDP);
    assertThat(reviews.exportTo()).containsExactly("*");
  }

  @Test
  void endpoints_withoutSlice_areThePodsThatAnswer() {
    ServiceRegistry registry =
        registry(
            REVIEWS,
            pod("a", "10.1.0.1", ""),
            pod("b", "10.1.0.2", ", conditions: [{type: Ready, status: 'False'}]"),
            pod("c", "10.1.0.3", ", phase: Succeeded"),
            pod("d", "''", ", phase: Pending"),
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: n1
              labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-a}
            """);
    String host = "reviews.bookinfo.svc.cluster.local";
    assertThat(endpoints(registry, host, 9080)).containsExactly("10.1.0.1:8080", "-10.1.0.2:8080");
    var first =
        registry
            .endpoints(only(registry, host), only(registry, host).ports().getFirst())
            .getFirst();
    assertThat(first.locality()).isEqualTo("eu/eu-a");
    assertThat(first.labels())
        .containsEntry("version", "v1")
        .containsEntry("topology.kubernetes.io/zone", "eu-a");
  }

  @Test
  void endpoints_podWithoutTheNamedPort_doesNotServeIt() {
    ServiceRegistry registry =
        registry(REVIEWS, pod("a", "10.1.0.1", "").replace("name: web", "name: admin"));
    assertThat(endpoints(registry, "reviews.bookinfo.svc.cluster.local", 9080)).isEmpty();
  }

  @Test
  void endpoints_slice_replacesPodsAndLeavesOutWhatTerminates() {
    ServiceRegistry registry =
        registry(
            REVIEWS,
            pod("a", "10.1.0.1", ""),
            pod("z", "10.1.0.9", ""),
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: reviews-x
              namespace: bookinfo
              labels: {kubernetes.io/service-name: reviews}
            addressType: IPv4
            ports: [{name: http, port: 8080}, {name: other, port: 1}]
            endpoints:
            - {addresses: [10.1.0.1], targetRef: {kind: Pod, name: a}}
            - {addresses: [10.1.0.2], conditions: {ready: false}}
            - {addresses: [10.1.0.3], conditions: {ready: false, serving: true, terminating: true}}
            """);
    String host = "reviews.bookinfo.svc.cluster.local";
    assertThat(endpoints(registry, host, 9080)).containsExactly("10.1.0.1:8080", "-10.1.0.2:8080");
    assertThat(endpoints(registry, host, 53)).isEmpty();
  }

  /** R-OB-26, R-OB-30, R-OB-32. */
  @Test
  void of_headlessAndExternalName_haveNoAddress() {
    ServiceRegistry registry =
        registry(
            REVIEWS,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: bookinfo}
            spec: {clusterIP: None, ports: [{name: tcp, port: 5432}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: old, namespace: other}
            spec: {type: ExternalName, externalName: older.other.svc.cluster.local}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: older, namespace: other}
            spec: {type: ExternalName, externalName: reviews.bookinfo.svc.cluster.local}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: loop, namespace: other}
            spec: {type: ExternalName, externalName: loop.other.svc.cluster.local}
            """);
    MeshService db = only(registry, "db.bookinfo.svc.cluster.local");
    assertThat(db.headless()).isTrue();
    assertThat(db.addresses()).isEmpty();
    assertThat(registry.aliasesOf(only(registry, "reviews.bookinfo.svc.cluster.local")))
        .extracting(MeshService::host)
        .containsExactly("old.other.svc.cluster.local", "older.other.svc.cluster.local");
  }

  /** R-OB-34. */
  @Test
  void of_serviceEntry_isOneServicePerHostWithItsEndpoints() {
    ServiceRegistry registry =
        registry(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: ext, namespace: shop}
            spec:
              hosts: [a.example.com, b.example.com]
              resolution: DNS
              ports: [{number: 443, name: tls, protocol: TLS, targetPort: 8443}]
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: vms, namespace: shop}
            spec:
              hosts: [vm.shop]
              location: MESH_INTERNAL
              resolution: STATIC
              exportTo: ["."]
              ports: [{number: 80, name: http, protocol: HTTP}]
              workloadSelector: {labels: {app: vm}}
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: vm-1, namespace: shop}
            spec: {address: 192.168.0.1, labels: {app: vm}, ports: {http: 8080}, weight: 3}
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: vm-2, namespace: shop}
            spec: {address: 192.168.0.2, labels: {app: other}}
            """);
    assertThat(only(registry, "b.example.com").resolution()).isEqualTo(Resolution.DNS);
    assertThat(only(registry, "b.example.com").meshExternal()).isTrue();
    assertThat(endpoints(registry, "a.example.com", 443)).containsExactly("a.example.com:8443");
    assertThat(endpoints(registry, "vm.shop", 80)).containsExactly("192.168.0.1:8080");
    assertThat(only(registry, "vm.shop").meshExternal()).isFalse();
    assertThat(ServiceRegistry.visible(only(registry, "vm.shop"), "shop")).isTrue();
    assertThat(ServiceRegistry.visible(only(registry, "vm.shop"), "bookinfo")).isFalse();
  }

  @Test
  void of_sameHostTwiceInANamespace_kubernetesWinsThenAge() {
    ServiceRegistry registry =
        registry(
            REVIEWS,
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: twin, namespace: bookinfo}
            spec:
              hosts: [reviews.bookinfo.svc.cluster.local]
              ports: [{number: 1, name: http, protocol: HTTP}]
            """);
    assertThat(only(registry, "reviews.bookinfo.svc.cluster.local").key().kind().name())
        .isEqualTo("Service");
    assertThat(registry.ignored())
        .singleElement()
        .satisfies(ignored -> assertThat(ignored.rule()).isEqualTo("R-VIS-7"));
  }

  @Test
  void selecting_podLabels_findsServicesOldestFirst() {
    ServiceRegistry registry =
        registry(
            REVIEWS, REVIEWS.replace("name: reviews,", "name: older,").replace("01-02", "01-01"));
    assertThat(registry.selecting("bookinfo", Map.of("app", "reviews", "x", "y")))
        .extracting(service -> service.key().name())
        .containsExactly("older", "reviews");
    assertThat(registry.selecting("bookinfo", Map.of("x", "y"))).isEmpty();
  }
}
