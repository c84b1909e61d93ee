package pharos.config.routing.waypoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualServiceReader;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.effective.Listener;
import pharos.config.routing.effective.RouteConfiguration;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.VirtualHost;
import pharos.config.routing.registry.ServiceRegistry;

class WaypointConfigsTest {
  /** Two services behind a waypoint, one of the same namespace that is not, one elsewhere. */
  private static final String MESH =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: waypoint, namespace: shop}
      spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop, labels: {istio.io/use-waypoint: waypoint}}
      spec:
        clusterIP: 10.0.0.1
        ports: [{name: http, port: 80}, {name: web, port: 81}, {name: tcp-db, port: 82}, {name: dns, port: 53, protocol: UDP}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: stock, namespace: shop, labels: {istio.io/use-waypoint: waypoint}}
      spec: {clusterIP: None, ports: [{name: http, port: 80}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: mail, namespace: shop}
      spec: {clusterIP: 10.0.0.3, ports: [{name: http, port: 8025}]}
      ---
      """;

  private static EffectiveConfig config(String... virtualServices) {
    String yaml = MESH + String.join("---\n", virtualServices);
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read("mesh.yaml", yaml);
    assertThat(reading.refusals()).isEmpty();
    Snapshot resources = Snapshot.of(reading.resources());
    ServiceRegistry registry = ServiceRegistry.of(resources, MeshConfig.DEFAULT);
    List<VirtualService> views = new ArrayList<>();
    for (Resource resource : reading.resources()) {
      if (resource.key().kind().equals(Kinds.VIRTUAL_SERVICE)) {
        views.add(VirtualServiceReader.read(resource, MeshConfig.DEFAULT));
      }
    }
    return WaypointConfigs.of(
        new Proxy(Proxy.Kind.WAYPOINT, "shop", Map.of(), List.of(), ""),
        WaypointBindings.of(resources, registry.services()),
        new Scopes(registry, views, List.of(), MeshConfig.DEFAULT),
        new NoRules(),
        MeshConfig.DEFAULT);
  }

  /** A mesh with one subset, {@code v1}, on every service. */
  private static final class NoRules implements DestinationPolicies {
    @Override
    public EffectiveConfig.Clusters clusters(Proxy proxy, ServicesInScope services) {
      return new EffectiveConfig.Clusters() {
        @Override
        public @Nullable Cluster find(String name) {
          String[] parts = name.split("\\|", 4);
          boolean known = services.find(parts[3]) != null && Set.of("", "v1").contains(parts[2]);
          return known
              ? new Cluster(
                  name,
                  parts[3],
                  Integer.parseInt(parts[1]),
                  parts[2],
                  Cluster.Type.EDS,
                  Cluster.Policy.NONE,
                  List.of())
              : null;
        }

        @Override
        public List<String> names() {
          return List.of();
        }
      };
    }

    @Override
    public List<String> hashKeys(Proxy proxy, MeshService service, String subset, int port) {
      return List.of();
    }

    @Override
    public List<String> subsets(Proxy proxy, MeshService service) {
      return List.of();
    }

    @Override
    public Set<String> proxyLabels() {
      return Set.of();
    }
  }

  private static String virtualService(String name, String namespace, String spec) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: %s, namespace: %s}
    spec: %s
    """
        .formatted(name, namespace, spec);
  }

  private static VirtualHost routes(EffectiveConfig config, int port) {
    RouteConfiguration found =
        config.routes().find("inbound-vip|" + port + "|http|cart.shop.svc.cluster.local");
    return requireNonNull(found).virtualHosts().getFirst();
  }

  private static List<String> clusters(VirtualHost host) {
    List<String> clusters = new ArrayList<>();
    for (RouteEntry entry : host.routes()) {
      if (entry.action() instanceof RouteEntry.Forward forward) {
        forward.clusters().forEach(cluster -> clusters.add(cluster.cluster()));
      }
    }
    return clusters;
  }

  @Test
  void of_withoutVirtualServices_hasTheDefaultRouteForEveryHost() { // R-AMB-4, R-AMB-7
    VirtualHost host = routes(config(), 80);

    assertThat(host.domains()).containsExactly("*");
    assertThat(host.routes()).singleElement().extracting(RouteEntry::name).isEqualTo("default");
    assertThat(clusters(host)).containsExactly("inbound-vip|80|http|cart.shop.svc.cluster.local");
    RouteEntry.Forward forward = (RouteEntry.Forward) host.routes().getFirst().action();
    assertThat(forward.retries().attempts()).isEqualTo(2);
    assertThat(forward.timeout()).isNull();
  }

  @Test
  void of_severalVirtualServices_concatenatesThemAndMovesNothing() { // R-AMB-5
    VirtualHost host =
        routes(
            config(
                virtualService(
                    "a",
                    "shop",
                    "{hosts: [cart], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: cart, port: {number: 80}}}]}]}"),
                virtualService(
                    "b",
                    "shop",
                    "{hosts: ['*.shop.svc.cluster.local'], http: [{route: [{destination: {host: stock}}]}]}"),
                virtualService(
                    "c",
                    "shop",
                    "{hosts: [cart], http: [{match: [{uri: {prefix: /c}}], route: [{destination: {host: cart}}]}]}")),
            80);

    assertThat(clusters(host))
        .containsExactly(
            "inbound-vip|80|http|cart.shop.svc.cluster.local",
            "inbound-vip|80|http|stock.shop.svc.cluster.local");
    assertThat(host.ignored())
        .extracting(Ignored::rule, Ignored::reason)
        .containsExactly(
            tuple("R-AMB-5", "comes after VirtualService shop/b, which takes every request"));
  }

  @Test
  void of_virtualServiceOfAnotherNamespace_takesNoPart() { // R-AMB-5
    VirtualHost host =
        routes(
            config(
                virtualService(
                    "far",
                    "other",
                    "{hosts: [cart.shop.svc.cluster.local], http: [{directResponse: {status: 418}}]}")),
            80);

    assertThat(host.routes()).singleElement().extracting(RouteEntry::name).isEqualTo("default");
  }

  @Test
  void of_matchesThatAskForTheCaller_dropSourceLabelsAndCompareTheOwnNamespace() { // R-AMB-6
    VirtualHost host =
        routes(
            config(
                virtualService(
                    "cart",
                    "shop",
                    """
                    {hosts: [cart], http: [
                      {name: labels, match: [{sourceLabels: {app: x}}], directResponse: {status: 201}},
                      {name: far, match: [{sourceNamespace: other}], directResponse: {status: 202}},
                      {name: gateway, match: [{gateways: [shop/edge]}], directResponse: {status: 203}},
                      {name: port, match: [{port: 81}], directResponse: {status: 204}},
                      {name: near, match: [{sourceNamespace: shop}], directResponse: {status: 205}}]}
                    """
                        .replace("\n", " "))),
            80);

    assertThat(host.routes()).singleElement().extracting(RouteEntry::name).isEqualTo("near");
    assertThat(host.ignored())
        .extracting(Ignored::rule)
        .containsExactly("R-AMB-6", "R-AMB-6", "R-AMB-6", "R-HTTP-2");
  }

  @Test
  void of_destinations_areInboundForOwnServicesAndOutboundForOthers() { // R-AMB-8
    EffectiveConfig config =
        config(
            virtualService(
                "cart",
                "shop",
                "{hosts: [cart], http: [{route: [{destination: {host: cart, subset: v1}, weight: 1},"
                    + " {destination: {host: cart, port: {number: 82}}, weight: 1},"
                    + " {destination: {host: mail, subset: v1}, weight: 1},"
                    + " {destination: {host: nobody}, weight: 1}]}]}"));

    List<String> clusters = clusters(routes(config, 80));
    assertThat(clusters)
        .containsExactly(
            "inbound-vip|80|http/v1|cart.shop.svc.cluster.local",
            "inbound-vip|82|tcp|cart.shop.svc.cluster.local",
            "outbound|8025|v1|mail.shop.svc.cluster.local",
            "inbound-vip|80|http|nobody.shop.svc.cluster.local");
    assertThat(clusters.stream().map(config.clusters()::find).map(cluster -> cluster != null))
        .containsExactly(true, true, true, false);
  }

  @Test
  void listeners_areByAddressAndPort() { // R-AMB-4
    EffectiveConfig config = config();

    assertThat(config.listeners().ports()).containsExactly(80, 81, 82);
    Listener http = requireNonNull(config.listeners().find("10.0.0.1", 80));
    assertThat(http.chains())
        .singleElement()
        .extracting(Listener.Chain::target)
        .isEqualTo(new Listener.Http("inbound-vip|80|http|cart.shop.svc.cluster.local", false));
    Listener sniffed = requireNonNull(config.listeners().find("10.0.0.1", 81));
    assertThat(sniffed.chains())
        .extracting(chain -> chain.match().protocol())
        .containsExactly(Listener.Protocol.PLAINTEXT_HTTP, Listener.Protocol.ANY);
    assertThat(config.listeners().find("10.0.0.3", 8025)).as("not its own").isNull();
  }

  @Test
  void addresses_headlessService_isFoundByItsHost() {
    EffectiveConfig config = config();

    String address = config.addresses().resolve("stock.shop", 80);
    assertThat(address).isEqualTo("stock.shop.svc.cluster.local");
    assertThat(config.listeners().find(address, 80)).isNotNull();
  }

  @Test
  void listeners_tcpPort_takesTheFirstTlsRuleThenTheFirstTcpRule() { // R-AMB-9
    Listener plain =
        config(
                virtualService(
                    "cart",
                    "shop",
                    "{hosts: [cart], tcp: [{match: [{port: 99}], route: [{destination: {host: mail}}]},"
                        + " {match: [{sourceLabels: {app: x}}], route: [{destination: {host: mail}}]},"
                        + " {route: [{destination: {host: cart, port: {number: 82}}, weight: 3},"
                        + " {destination: {host: mail}, weight: 1}]}]}"))
            .listeners()
            .find("10.0.0.1", 82);
    Listener tls =
        config(
                virtualService(
                    "tcp",
                    "shop",
                    "{hosts: [cart], tcp: [{route: [{destination: {host: mail}}]}]}"),
                virtualService(
                    "tls",
                    "shop",
                    "{hosts: [cart], tls: [{match: [{sniHosts: [cart.shop.svc.cluster.local]}], route: [{destination: {host: stock}}]}]}"))
            .listeners()
            .find("10.0.0.1", 82);

    assertThat(shares(plain))
        .containsExactly(
            new Listener.Share("inbound-vip|82|tcp|cart.shop.svc.cluster.local", 3),
            new Listener.Share("outbound|8025||mail.shop.svc.cluster.local", 1));
    assertThat(shares(tls))
        .containsExactly(new Listener.Share("inbound-vip|80|http|stock.shop.svc.cluster.local", 1));
  }

  private static List<Listener.Share> shares(@Nullable Listener listener) {
    Listener.Target target = requireNonNull(listener).chains().getFirst().target();
    assertThat(target).isInstanceOf(Listener.Tcp.class);
    return ((Listener.Tcp) target).destinations();
  }
}
