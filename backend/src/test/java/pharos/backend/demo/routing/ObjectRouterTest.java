package pharos.backend.demo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.backend.demo.routing.RouteDecision.Forward;

/** One VirtualService with a rule of each kind, and requests that meet them. */
final class ObjectRouterTest {
  private static final String RULES =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: api, namespace: shop}
      spec:
        hosts: [api]
        http:
        - match: [{uri: {exact: /exact}}]
          route: [{destination: {host: api, subset: v1}}]
        - match: [{uri: {regex: "/r[0-9]+"}}]
          route: [{destination: {host: api, subset: v2}}]
        - match: [{uri: {prefix: /old}}]
          redirect: {redirectCode: 308, uri: /new}
        - match: [{uri: {prefix: /teapot}}]
          directResponse: {status: 418}
        - match: [{uri: {prefix: /nowhere}}]
          route: [{destination: {host: gone}}]
        - match: [{uri: {prefix: /cut/}}]
          rewrite: {uri: /}
          route: [{destination: {host: api}}]
        - match: [{method: {exact: POST}, headers: {x-tier: {prefix: gold}}}]
          timeout: 1m30s
          route: [{destination: {host: api, subset: v9}}]
        - match: [{withoutHeaders: {x-user: {}}, sourceLabels: {app: web}}]
          route: [{destination: {host: api, subset: v1}}]
        tcp:
        - match: [{port: 9000}]
          route: [{destination: {host: api, subset: v2}}]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: api, namespace: shop}
      spec:
        host: api.shop.svc.cluster.local
        subsets:
        - {name: v1, labels: {version: v1}}
        - {name: v2, labels: {version: v2}}
      """;

  private static final String HOST = "api.shop.svc.cluster.local";
  private static final RequestRouter ROUTER =
      new ObjectRouter(
          Stream.of(RULES.split("---\n", -1))
              .map(text ->
                  new KubernetesSerialization().unmarshal(text, GenericKubernetesResource.class))
              .toList(),
          List.of(HOST, "other.shop.svc.cluster.local"));

  private static RouteDecision route(
      String host, String method, String path, Map<String, String> headers) {
    return ROUTER.route(
        new RouteRequest("shop", Map.of("app", "web"), false, host, 8080, method, path, headers));
  }

  private static String words(RouteDecision decision) {
    return switch (decision) {
      case Forward f ->
          f.path()
              + " to "
              + f.destinations().getFirst().cluster()
              + (f.destinations().getFirst().exists() ? "" : " NC");
      case RouteDecision.Redirect r -> "redirect " + r.status();
      case RouteDecision.DirectResponse d -> "answer " + d.status();
      case RouteDecision.NoRoute _ -> "no route";
      case RouteDecision.Unregistered u -> u.allowed() ? "passthrough" : "black hole";
    };
  }

  static Stream<Arguments> cases() {
    Map<String, String> none = Map.of();
    Map<String, String> user = Map.of("x-user", "eva");
    return Stream.of(
        Arguments.of(HOST, "GET", "/exact?q=1", user, "/exact?q=1 to outbound|8080|v1|" + HOST),
        Arguments.of(HOST, "GET", "/r12", user, "/r12 to outbound|8080|v2|" + HOST),
        Arguments.of(HOST, "GET", "/r12x", user, "no route"),
        Arguments.of(HOST, "GET", "/old/page", user, "redirect 308"),
        Arguments.of(HOST, "GET", "/teapot", user, "answer 418"),
        Arguments.of(
            HOST,
            "GET",
            "/nowhere",
            user,
            "/nowhere to outbound|8080||gone.shop.svc.cluster.local NC"),
        Arguments.of(HOST, "GET", "/cut/a/b", user, "/a/b to outbound|8080||" + HOST),
        Arguments.of(
            HOST,
            "POST",
            "/",
            Map.of("x-user", "eva", "x-tier", "golden"),
            "/ to outbound|8080|v9|" + HOST + " NC"),
        Arguments.of(HOST, "GET", "/", none, "/ to outbound|8080|v1|" + HOST),
        Arguments.of(HOST, "GET", "/", user, "no route"),
        Arguments.of(
            "other.shop.svc.cluster.local",
            "GET",
            "/",
            none,
            "/ to outbound|8080||other.shop.svc.cluster.local"),
        Arguments.of("example.org", "GET", "/", none, "passthrough"));
  }

  @ParameterizedTest(name = "{1} {0}{2} {3} => {4}")
  @MethodSource("cases")
  void decides(
      String host, String method, String path, Map<String, String> headers, String expected) {
    assertThat(words(route(host, method, path, headers))).isEqualTo(expected);
  }

  @Test
  void tcp_followsTcpRoutesOnly() {
    for (int port : new int[] {9000, 9001}) {
      var decision =
          ROUTER.route(
              new RouteRequest("shop", Map.of("app", "web"), false, HOST, port, "", "", Map.of()));
      String subset = port == 9000 ? "v2" : "";
      assertThat(words(decision)).endsWith("to outbound|" + port + "|" + subset + "|" + HOST);
    }
  }

  @Test
  void timeout_isReadAsGoWritesIt() {
    var decision = route(HOST, "POST", "/", Map.of("x-user", "eva", "x-tier", "gold"));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Forward.class, forward -> assertThat(forward.timeout()).hasSeconds(90));
  }
}
