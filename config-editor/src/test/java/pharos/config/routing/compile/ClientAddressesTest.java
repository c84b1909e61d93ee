package pharos.config.routing.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Snapshot;
import pharos.config.routing.registry.ServiceRegistry;

/** DNS knows every Service, whatever the proxy knows (R-OB-25). */
class ClientAddressesTest {
  private static final String MESH =
      """
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: apps, annotations: {networking.istio.io/exportTo: "~"}}, spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: other}, spec: {clusterIP: 10.0.0.2, ports: [{name: http, port: 80}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: alias, namespace: apps}, spec: {type: ExternalName, externalName: far.apps.svc.cluster.local}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: far, namespace: apps}, spec: {type: ExternalName, externalName: web.other.svc.cluster.local}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: loop, namespace: apps}, spec: {type: ExternalName, externalName: loop.apps.svc.cluster.local}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: db, namespace: apps}, spec: {clusterIP: None, selector: {app: db}, ports: [{name: tcp, port: 5432}]}}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: db-1, namespace: apps, labels: {kubernetes.io/service-name: db}}
      addressType: IPv4
      ports: [{name: tcp, port: 5432}]
      endpoints:
        - {addresses: [10.1.0.1], conditions: {ready: false}}
        - {addresses: [10.1.0.2], conditions: {ready: true}}
      ---
      {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: apps}, spec: {hosts: [api.com, net.com], addresses: [10.9.0.0/16], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
      ---
      {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: f, namespace: apps}, spec: {hosts: [vip.com], addresses: [240.0.0.7], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
      """;

  private final ClientAddresses addresses =
      new ClientAddresses(
          "apps",
          ServiceRegistry.of(
              Snapshot.of(new DocumentReader(Limits.DEFAULT).read("mesh.yaml", MESH).resources()),
              MeshConfig.DEFAULT),
          MeshConfig.DEFAULT);

  @ParameterizedTest(name = "{0}:{1} is {2}")
  @CsvSource(
      nullValues = "nothing",
      value = {
        "web, 80, 10.0.0.1", // exported to nobody, and still in DNS
        "WEB, 80, 10.0.0.1",
        "web.apps, 80, 10.0.0.1",
        "web.apps.svc, 80, 10.0.0.1",
        "web.apps.svc.cluster.local, 80, 10.0.0.1",
        "web.apps.svc.cluster.local., 80, 10.0.0.1",
        "web., 80, nothing", // a trailing dot ends the search list
        "web.other, 80, 10.0.0.2",
        "alias, 80, 10.0.0.2",
        "loop, 80, nothing",
        "db, 5432, 10.1.0.2", // the first that is ready
        "db, 80, nothing",
        "api.com, 80, nothing", // a network is no address
        "vip.com, 80, 240.0.0.7",
        "nowhere, 80, nothing",
      })
  void resolve_asAPodWould(String name, int port, String expected) {
    assertThat(addresses.resolve(name, port)).isEqualTo(expected);
  }
}
