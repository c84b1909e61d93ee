package pharos.config.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Snapshot;

class NameHelpTest {
  private static final String MESH =
      """
      {apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: books}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: pay, namespace: shop}
      spec: {hosts: [pay.example]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: books}
      spec: {host: reviews, subsets: [{name: v2}, {name: v1}]}
      ---
      {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: a, namespace: istio-system}}
      ---
      {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: b, namespace: books}}
      ---
      {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web, namespace: books}}
      """;

  private final Snapshot resources =
      Snapshot.of(new DocumentReader(Limits.DEFAULT).read("mesh.yaml", MESH).resources());

  private List<String> names(Kind kind, String host, Object... path) {
    return NameHelp.complete(resources, kind, "books", Path.of(path), host).stream()
        .map(NameHelp.Name::text)
        .toList();
  }

  @Test
  void hosts_areServicesOfTheNamespaceFirst_thenEverythingByItsFullName() {
    assertThat(
            names(Kinds.VIRTUAL_SERVICE, "", "spec", "http", 0, "route", 0, "destination", "host"))
        .containsExactly("reviews", "pay.example", "cart.shop.svc.cluster.local");
    assertThat(names(Kinds.DESTINATION_RULE, "", "spec", "host")).contains("reviews");
  }

  @Test
  void subsets_areThoseOfTheHost() {
    Object[] path = {"spec", "http", 0, "route", 0, "destination", "subset"};
    assertThat(names(Kinds.VIRTUAL_SERVICE, "reviews", path)).containsExactly("v1", "v2");
    assertThat(names(Kinds.VIRTUAL_SERVICE, "reviews.books.svc.cluster.local", path))
        .containsExactly("v1", "v2");
    assertThat(names(Kinds.VIRTUAL_SERVICE, "cart", path)).isEmpty();
    assertThat(names(Kinds.VIRTUAL_SERVICE, "", path)).containsExactly("v1", "v2");
  }

  @Test
  void gatewaysParentsAndBackends_areOfTheirKind() {
    assertThat(names(Kinds.VIRTUAL_SERVICE, "", "spec", "gateways"))
        .containsExactly("mesh", "books/b", "istio-system/a");
    assertThat(names(Kinds.HTTP_ROUTE, "", "spec", "parentRefs", 0, "name")).containsExactly("web");
    assertThat(names(Kinds.HTTP_ROUTE, "", "spec", "rules", 0, "backendRefs", 0, "name"))
        .containsExactly("reviews");
  }

  @Test
  void otherPlaces_nameNothing() {
    assertThat(names(Kinds.VIRTUAL_SERVICE, "", "metadata", "name")).isEmpty();
    assertThat(names(Kinds.SIDECAR, "", "spec", "egress")).isEmpty();
    assertThat(NameHelp.complete(resources, Kinds.GATEWAY, "books", Path.ROOT, "")).isEmpty();
  }
}
