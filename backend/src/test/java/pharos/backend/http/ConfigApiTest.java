package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.config.resource.Kinds;

/** The configuration over real HTTP. */
final class ConfigApiTest {
  private static final String MESH =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop, labels: {team: books}}
      spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: reviews-1, namespace: shop, labels: {app: reviews, version: v1}}
      spec: {containers: [{name: istio-proxy, image: proxyv2}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: shop, creationTimestamp: "2026-01-01T00:00:00Z", resourceVersion: "7"}
      spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop, managedFields: [{manager: kubectl}]}
      spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v7}}]}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata: {name: istio}
      spec: {controllerName: istio.io/gateway-controller}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: cert, namespace: shop}
      data: {tls.key: c2VjcmV0}
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    server.cluster.put(MESH);
    GraphStreamTest.eventually(() -> server.get("/api/v1/config").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject json(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static HttpResponse<String> check(String body) {
    return server.send(
        "POST",
        "/api/v1/config/check",
        body,
        "Content-Type",
        "application/json; charset=utf-8",
        "X-Pharos-Request",
        "1");
  }

  private static JsonObject checked(JsonObject body) {
    HttpResponse<String> answer = check(body.encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static List<String> names(JsonArray items) {
    return items.stream()
        .map(JsonObject.class::cast)
        .map(item -> item.getString("kind") + " " + item.getString("name"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | GatewayClass istio, Namespace shop, Service reviews, DestinationRule reviews, VirtualService reviews",
        "?kind=VirtualService,Service    | Service reviews, VirtualService reviews",
        "?severity=error                 | VirtualService reviews",
        "?namespace=other                | ''",
        "?namespace=shop&q=TEAM%3DBOOKS  | Service reviews",
        "?q=reviews%2Bv7                 | VirtualService reviews",
      })
  void list_isWhatTheFilterNames(String query, String listed) {
    JsonObject answer = json("/api/v1/config" + query);
    assertThat(names(answer.getJsonArray("items")))
        .containsAll(listed.isEmpty() ? List.of() : List.of(listed.split(", ", -1)));
    if (!query.isEmpty()) {
      assertThat(String.join(", ", names(answer.getJsonArray("items")).stream().sorted().toList()))
          .isEqualTo(listed);
    }
    assertThat(answer.getJsonArray("sources").getJsonObject(0).getString("state")).isEqualTo("ok");
    assertThat(answer.getJsonObject("analysis").getString("at")).isNotEmpty();
  }

  @Test
  void list_countsFindingsByLevel() {
    JsonObject item =
        json("/api/v1/config?kind=VirtualService").getJsonArray("items").getJsonObject(0);
    assertThat(item.getJsonObject("findings").getInteger("error")).isEqualTo(1);
    assertThat(item.getString("apiVersion")).isEqualTo("networking.istio.io/v1");
    assertThat(item.getString("group")).isEqualTo("networking.istio.io");
  }

  @Test
  void findings_nameTheirObjectAndDocumentation() {
    JsonObject answer = json("/api/v1/config/findings?severity=error");
    assertThat(answer.getJsonObject("counts").getInteger("error")).isEqualTo(1);
    JsonObject finding = answer.getJsonArray("items").getJsonObject(0);
    assertThat(finding.getString("code")).isEqualTo("IST0101");
    assertThat(finding.getString("level")).isEqualTo("Error");
    assertThat(finding.getJsonObject("object").getString("name")).isEqualTo("reviews");
    assertThat(finding.getString("documentationUrl")).startsWith("https://istio.io/");
    assertThat(finding.getString("path")).isEqualTo("spec.http[0].route[0].destination.subset");
    assertThat(json("/api/v1/config/findings?code=IST9999").getJsonArray("items")).isEmpty();
  }

  @Test
  void object_hasItsTextAndTheFindingsPlaceInIt() {
    JsonObject object = json("/api/v1/config/VirtualService/shop/reviews");
    String text = object.getString("text");
    assertThat(text).startsWith("apiVersion: networking.istio.io/v1\nkind: VirtualService\n");
    assertThat(text).doesNotContain("managedFields");
    JsonObject finding = object.getJsonArray("findings").getJsonObject(0);
    assertThat(text.substring(finding.getInteger("offset"), finding.getInteger("endOffset")))
        .isEqualTo("v7");
    assertThat(text.split("\n", -1)[finding.getInteger("line") - 1]).endsWith("subset: v7");
    assertThat(object.getBoolean("complete")).isTrue();
  }

  @Test
  void object_namesWhatItUsesAndWhoUsesIt() {
    JsonArray uses = json("/api/v1/config/VirtualService/shop/reviews").getJsonArray("uses");
    JsonObject missing = uses.getJsonObject(2);
    assertThat(missing.getString("role")).isEqualTo("subset");
    assertThat(missing.getJsonArray("to")).isEmpty();
    assertThat(missing.getString("wanted")).isEqualTo("DestinationRule");
    assertThat(missing.getBoolean("readable")).isTrue();
    JsonObject service = json("/api/v1/config/Service/shop/reviews");
    assertThat(
            names(
                new JsonArray(
                    service.getJsonArray("usedBy").stream()
                        .map(u -> ((JsonObject) u).getJsonObject("object"))
                        .toList())))
        .contains("DestinationRule reviews", "VirtualService reviews");
    JsonObject rule = json("/api/v1/config/DestinationRule/shop/reviews");
    assertThat(rule.getString("createdAt")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(rule.getString("resourceVersion")).isEqualTo("7");
    assertThat(rule.getString("text")).doesNotContain("resourceVersion");
    assertThat(rule.getString("raw")).contains("resourceVersion: \"7\"");
    assertThat(json("/api/v1/config/GatewayClass/_/istio").getString("namespace")).isEmpty();
  }

  @Test
  void check_wrongHost_isIntroducedAtItsPlaceInTheDraft() {
    String text =
        json("/api/v1/config/VirtualService/shop/reviews")
            .getString("text")
            .replace("subset: v7", "subset: v1")
            .replace("host: reviews", "host: revews");
    JsonObject answer = checked(new JsonObject().put("text", text).put("unchanged", "proposed"));
    JsonObject introduced = answer.getJsonArray("introduced").getJsonObject(0);
    assertThat(introduced.getString("in")).isEqualTo("draft");
    assertThat(text.substring(introduced.getInteger("offset"), introduced.getInteger("endOffset")))
        .isEqualTo("revews");
    assertThat(answer.getJsonArray("resolved").getJsonObject(0).getString("message"))
        .contains("reviews+v7");
    assertThat(answer.getJsonArray("objects").getJsonObject(0).getString("effect"))
        .isEqualTo("changed");
    assertThat(answer.getDouble("tookMs")).isPositive();
  }

  @Test
  void check_objectsAndRemovals_areOneProposal() {
    JsonObject answer =
        checked(
            new JsonObject()
                .put(
                    "objects",
                    JsonArray.of(
                        new JsonObject(
                            Map.of(
                                "apiVersion",
                                "networking.istio.io/v1",
                                "kind",
                                "Sidecar",
                                "metadata",
                                Map.of("name", "x"),
                                "spec",
                                Map.of("egress", List.of(Map.of("hosts", List.of("nonsense"))))))))
                .put("namespace", "shop")
                .put(
                    "removed",
                    JsonArray.of(
                        JsonObject.of(
                            "kind", "VirtualService", "namespace", "shop", "name", "reviews"))));
    assertThat(
            answer.getJsonArray("objects").stream().map(o -> ((JsonObject) o).getString("effect")))
        .containsExactly("created", "removed");
    assertThat(answer.getJsonArray("resolved")).hasSize(1);
    assertThat(answer.getJsonArray("introduced").getJsonObject(0).getString("in"))
        .isEqualTo("objects[0]");
  }

  @Test
  void check_misspeltValue_carriesTheFixInTheDraftsOwnPlaces() {
    String text =
        json("/api/v1/config/DestinationRule/shop/reviews")
            .getString("text")
            .replace("subsets:", "trafficPolicy:\n    tls:\n      mode: SIMPEL\n  subsets:");
    JsonObject finding =
        checked(new JsonObject().put("text", text)).getJsonArray("introduced").stream()
            .map(JsonObject.class::cast)
            .filter(one -> !one.getJsonArray("fixes", JsonArray.of()).isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(text.substring(finding.getInteger("offset"), finding.getInteger("endOffset")))
        .isEqualTo("SIMPEL");
    JsonObject edit =
        finding.getJsonArray("fixes").getJsonObject(0).getJsonArray("edits").getJsonObject(0);
    assertThat(text.substring(0, edit.getInteger("offset")) + edit.getString("text"))
        .endsWith("mode: SIMPLE");
    assertThat(edit.getInteger("endOffset")).isEqualTo(finding.getInteger("endOffset"));
  }

  @Test
  void complete_givesFieldsOfTheKindAndNamesOfTheMesh() {
    JsonObject fields =
        json(
            "/api/v1/config/schema/complete?kind=VirtualService&path=spec.http%5B0%5D.route%5B1%5D");
    assertThat(fields.getJsonArray("items").stream().map(i -> ((JsonObject) i).getString("text")))
        .contains("destination", "weight", "headers");
    JsonObject subsets =
        json(
            "/api/v1/config/schema/complete?kind=VirtualService&namespace=shop&host=reviews"
                + "&path=spec.http%5B0%5D.route%5B0%5D.destination.subset");
    assertThat(subsets.getJsonArray("names").getJsonObject(0).getString("text")).isEqualTo("v1");
    assertThat(json("/api/v1/config/schema/complete?kind=VirtualService").getJsonArray("items"))
        .hasSize(4);
    assertThat(server.get("/api/v1/config/schema/complete?kind=Nothing").statusCode())
        .isEqualTo(400);
  }

  @Test
  void describe_tellsTypeDocumentationAndLimits() {
    JsonObject field =
        json("/api/v1/config/schema/describe?kind=VirtualService&path=spec.http%5B0%5D.timeout")
            .getJsonObject("field");
    assertThat(field.getString("type")).isEqualTo("duration");
    assertThat(field.getString("doc")).isNotEmpty();
    assertThat(
            json("/api/v1/config/schema/describe?kind=VirtualService&path=spec.nothing")
                .getValue("field"))
        .isNull();
  }

  @Test
  void check_brokenYaml_isRefusedWithItsPlace() {
    JsonObject answer = checked(new JsonObject().put("text", "apiVersion: v1\nkind: [\n"));
    JsonObject refusal = answer.getJsonArray("refusals").getJsonObject(0);
    assertThat(refusal.getInteger("line")).isEqualTo(3);
    assertThat(refusal.getString("reason")).isNotEmpty();
    assertThat(refusal.getString("in")).isEqualTo("draft");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[]                        | bad-request   | no JSON object",
        "{\"text\":                | bad-request   | not JSON",
        "{}                        | bad-parameter | nothing is proposed",
        "{\"text\": 1}             | bad-parameter | no string",
        "{\"txt\": \"\"}           | bad-parameter | not known",
        "{\"objects\": {}}         | bad-parameter | no array",
        "{\"removed\": [{}]}       | bad-parameter | no known kind",
        "{\"text\": \"\", \"namespace\": \"A B\"} | bad-parameter | namespace",
        "{\"text\": \"\", \"unchanged\": \"some\"} | bad-parameter | unchanged",
      })
  void check_badBody_isNamed(String body, String code, String words) {
    HttpResponse<String> answer = check(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + code + "\"", words);
  }

  @Test
  void check_ofAnotherSite_isRefused() {
    HttpResponse<String> form =
        server.send("POST", "/api/v1/config/check", "{}", "Content-Type", "text/plain");
    assertThat(form.statusCode()).isEqualTo(415);
    HttpResponse<String> bare =
        server.send("POST", "/api/v1/config/check", "{}", "Content-Type", "application/json");
    assertThat(bare.statusCode()).isEqualTo(403);
    assertThat(bare.body()).contains("missing-header");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/config/VirtualService/shop/none, 404, no-such-object",
    "/api/v1/config/Nothing/shop/none, 404, not-found",
    "/api/v1/config/VirtualService/SHOP/x, 404, not-found",
    "/api/v1/config?severity=bad, 400, bad-parameter",
    "/api/v1/config?kind=Nothing, 400, bad-parameter",
    "/api/v1/config/findings?limit=1, 400, bad-parameter",
    "/api/v1/config/check, 405, method-not-allowed"
  })
  void refusal_hasItsStatusAndCode(String path, int status, String code) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"" + code + "\"");
  }

  @Test
  void clusterThatIsNotKnown_is503WithTheReason_andAForbiddenKind403() {
    try (TestServer fresh = new TestServer()) {
      HttpResponse<String> early = fresh.get("/api/v1/config");
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.body()).contains("the cluster is being listed");
      fresh.cluster.put(MESH);
      fresh.cluster.hide(Map.of(Kinds.SECRET, "no access to secrets"));
      GraphStreamTest.eventually(() -> fresh.get("/api/v1/config").statusCode() == 200);
      GraphStreamTest.eventually(
          () -> fresh.get("/api/v1/config/Secret/shop/cert").statusCode() == 403);
      assertThat(fresh.get("/api/v1/config").body()).contains("Secret: no access to secrets");
    }
  }
}
