package pharos.config.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

class ReferencesTest {
  private static final String MESH =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: books}
      spec: {selector: {app: reviews}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: reviews-v1, namespace: books}
      spec: {template: {metadata: {labels: {app: reviews, version: v1}}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: ingress, namespace: istio-system}
      spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: books}
      spec:
        host: reviews.books.svc.cluster.local
        subsets:
        - {name: v1, labels: {version: v1}}
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: public, namespace: istio-system}
      spec:
        selector: {istio: ingressgateway}
        servers:
        - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {credentialName: books-cert}}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: books}
      spec:
        hosts: [reviews, books.example.com]
        gateways: [mesh, istio-system/public, istio-system/absent]
        http:
        - route:
          - destination: {host: reviews, subset: v1}
          - destination: {host: reviews, subset: v9}
          mirror: {host: nowhere}
        - delegate: {name: inner}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: inner, namespace: books}
      spec: {http: [{route: [{destination: {host: reviews}}]}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: Sidecar
      metadata: {name: narrow, namespace: books}
      spec:
        workloadSelector: {labels: {version: v1}}
        egress: [{hosts: ["./*", "books/reviews.books.svc.cluster.local"]}]
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: all, namespace: istio-system}
      spec: {selector: {matchLabels: {version: v1}}}
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: edge, namespace: books}
      spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: web}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: web, namespace: books}
      spec:
        gatewayClassName: istio
        listeners: [{name: https, tls: {certificateRefs: [{name: books-cert, namespace: istio-system}]}}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: web, namespace: books}
      spec:
        parentRefs: [{name: web}, {group: "", kind: Service, name: reviews}]
        rules:
        - backendRefs: [{name: reviews, port: 9080}]
          filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow}}}]
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: books-cert, namespace: istio-system}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: old, namespace: books}
      spec: {rules: [{http: {paths: [{backend: {service: {name: reviews}}}]}}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: vm, namespace: books}
      spec: {hosts: [vm.example], workloadSelector: {labels: {app: vm}}}
      ---
      apiVersion: networking.istio.io/v1
      kind: WorkloadEntry
      metadata: {name: vm-1, namespace: books}
      spec: {address: 10.0.0.1, labels: {app: vm}}
      """;

  private final References references =
      References.of(
          Snapshot.of(new DocumentReader(Limits.DEFAULT).read("mesh.yaml", MESH).resources()),
          "istio-system");

  private List<String> from(ResourceKey.Kind kind, String namespace, String name) {
    return references.from(new ResourceKey(kind, namespace, name)).stream()
        .map(reference ->
            "%s %s \"%s\" -> %s"
                .formatted(
                    reference.path(),
                    reference.role().wireName(),
                    reference.text(),
                    reference.to().isEmpty()
                        ? "no " + reference.wanted()
                        : String.join(
                            ", ", reference.to().stream().map(ResourceKey::origin).toList())))
        .toList();
  }

  private List<String> to(ResourceKey.Kind kind, String namespace, String name) {
    return references.to(new ResourceKey(kind, namespace, name)).stream()
        .map(reference -> reference.from().origin() + " as " + reference.role().wireName())
        .toList();
  }

  @Test
  void virtualService_namesGatewaysHostsSubsetsMirrorsAndDelegates() {
    assertThat(from(Kinds.VIRTUAL_SERVICE, "books", "reviews"))
        .containsExactly(
            "spec.hosts[0] host \"reviews\" -> Service books/reviews",
            "spec.gateways[1] gateway \"istio-system/public\" -> Gateway istio-system/public",
            "spec.gateways[2] gateway \"istio-system/absent\" -> no Gateway.networking.istio.io",
            "spec.http[0].route[0].destination.host destination \"reviews\" -> Service"
                + " books/reviews",
            "spec.http[0].route[0].destination.subset subset \"v1 of reviews\" -> DestinationRule"
                + " books/reviews",
            "spec.http[0].route[1].destination.host destination \"reviews\" -> Service"
                + " books/reviews",
            "spec.http[0].route[1].destination.subset subset \"v9 of reviews\" -> no"
                + " DestinationRule.networking.istio.io",
            "spec.http[0].mirror.host mirror \"nowhere\" -> no Service",
            "spec.http[1].delegate.name delegate \"books/inner\" -> VirtualService books/inner");
  }

  @Test
  void otherIstioKinds_nameServicesWorkloadsAndCertificates() {
    assertThat(from(Kinds.DESTINATION_RULE, "books", "reviews"))
        .containsExactly(
            "spec.host host \"reviews.books.svc.cluster.local\" -> Service books/reviews",
            "spec.subsets[0] workloads \"app=reviews,version=v1\" -> Deployment books/reviews-v1");
    assertThat(from(Kinds.GATEWAY, "istio-system", "public"))
        .containsExactly(
            "spec.selector workloads \"istio=ingressgateway\" -> Deployment istio-system/ingress",
            "spec.servers[0].tls.credentialName certificate \"books-cert\" -> Secret"
                + " istio-system/books-cert");
    assertThat(from(Kinds.SIDECAR, "books", "narrow"))
        .containsExactly(
            "spec.workloadSelector workloads \"version=v1\" -> Deployment books/reviews-v1",
            "spec.egress[0].hosts[1] egress \"reviews.books.svc.cluster.local\" -> Service"
                + " books/reviews");
    assertThat(from(Kinds.AUTHORIZATION_POLICY, "istio-system", "all"))
        .containsExactly("spec.selector workloads \"version=v1\" -> Deployment books/reviews-v1");
    assertThat(from(Kinds.SERVICE_ENTRY, "books", "vm"))
        .containsExactly("spec.workloadSelector workloads \"app=vm\" -> WorkloadEntry books/vm-1");
  }

  @Test
  void gatewayApiAndKubernetesKinds_nameParentsAndBackends() {
    assertThat(from(Kinds.K8S_GATEWAY, "books", "web"))
        .containsExactly(
            "spec.gatewayClassName class \"istio\" -> no GatewayClass.gateway.networking.k8s.io",
            "spec.listeners[0].tls.certificateRefs[0].name certificate \"istio-system/books-cert\""
                + " -> Secret istio-system/books-cert");
    assertThat(from(Kinds.HTTP_ROUTE, "books", "web"))
        .containsExactly(
            "spec.parentRefs[0].name parent \"web\" -> Gateway books/web",
            "spec.parentRefs[1].name parent \"reviews\" -> Service books/reviews",
            "spec.rules[0].backendRefs[0].name backend \"reviews\" -> Service books/reviews",
            "spec.rules[0].filters[0].requestMirror.backendRef.name mirror \"shadow\" -> no"
                + " Service");
    assertThat(from(Kinds.AUTHORIZATION_POLICY, "books", "edge"))
        .containsExactly("spec.targetRefs[0].name target \"web\" -> Gateway books/web");
    assertThat(from(Kinds.INGRESS, "books", "old"))
        .containsExactly(
            "spec.rules[0].http.paths[0].backend.service.name backend \"reviews\" -> Service"
                + " books/reviews");
    assertThat(from(Kinds.SERVICE, "books", "reviews"))
        .containsExactly("spec.selector workloads \"app=reviews\" -> Deployment books/reviews-v1");
  }

  @Test
  void to_namesEveryoneWhoNamesAnObject() {
    assertThat(to(Kinds.SERVICE, "books", "reviews"))
        .contains(
            "VirtualService books/reviews as destination",
            "VirtualService books/inner as destination",
            "DestinationRule books/reviews as host",
            "HTTPRoute books/web as parent",
            "Sidecar books/narrow as egress",
            "Ingress books/old as backend");
    assertThat(to(Kinds.DESTINATION_RULE, "books", "reviews"))
        .containsExactly("VirtualService books/reviews as subset");
    assertThat(to(Kinds.VIRTUAL_SERVICE, "books", "inner"))
        .containsExactly("VirtualService books/reviews as delegate");
    assertThat(to(Kinds.SECRET, "istio-system", "books-cert"))
        .containsExactlyInAnyOrder(
            "Gateway istio-system/public as certificate", "Gateway books/web as certificate");
  }
}
