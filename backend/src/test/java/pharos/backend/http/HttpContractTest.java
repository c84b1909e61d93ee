package pharos.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pharos.backend.change.Access;
import pharos.backend.traces.Traces;
import pharos.backend.traffic.SourceUnavailable;

/** What holds for all routes, over real HTTP. */
final class HttpContractTest {
  private static final List<String> ROUTES =
      List.of(
          "/livez",
          "/readyz",
          "/metrics",
          "/api/v1/status",
          "/api/v1/openapi.json",
          "/api/v1/namespaces",
          "/api/v1/services",
          "/api/v1/services/shop/callee0",
          "/api/v1/services/shop/callee0/metrics",
          "/api/v1/workloads",
          "/api/v1/workloads/shop/callee0-v1",
          "/api/v1/workloads/shop/callee0-v1/metrics",
          "/api/v1/graph",
          "/api/v1/graph/timeline",
          "/api/v1/graph/find?expr=healthy",
          "/api/v1/traces",
          "/api/v1/traces/names");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyRoute_answersWithTheSecurityHeaders() {
    for (String route : ROUTES) {
      HttpResponse<String> answer = server.get(route);
      assertThat(answer.statusCode()).as(route + ": " + answer.body()).isEqualTo(200);
      assertHeaders(answer);
    }
    for (String refused :
        List.of("/api/v1/nothing", "/api/v1/graph?x=1", "/assets/none.js", "/a%2e%2e/b")) {
      HttpResponse<String> answer = server.get(refused);
      assertThat(answer.statusCode()).as(refused).isBetween(400, 499);
      assertHeaders(answer);
    }
  }

  private static void assertHeaders(HttpResponse<String> answer) {
    var headers = answer.headers();
    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(headers.firstValue("X-Request-Id").orElse("")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/graph?colour=red                    | colour   | not a parameter",
        "/api/v1/graph?kind=pod                      | kind     | expected: one of app, service",
        "/api/v1/graph?window=5m                     | window   | ISO 8601",
        "/api/v1/graph?window=PT1S                   | window   | PT10S",
        "/api/v1/graph?window=PT1M&window=PT2M       | window   | twice",
        "/api/v1/graph?namespace=Shop                | namespace| names of namespaces",
        "/api/v1/graph?namespace=a%22%7D             | namespace| names of namespaces",
        "/api/v1/graph?boxBy=pod                     | boxBy    | app, cluster, namespace",
        "/api/v1/graph?idleEdges=yes                 | idleEdges| false, true",
        "/api/v1/graph?hops=99                       | hops     | from 1 to 5",
        "/api/v1/graph?at=yesterday                  | at       | RFC 3339",
        "/api/v1/graph?at=2999-01-01T00:00:00Z       | at       | not in the future",
        "/api/v1/graph/stream?at=2020-01-01T00:00:00Z| at       | not a parameter",
        "/api/v1/graph/timeline?buckets=0            | buckets  | from 1 to 1000",
        "/api/v1/graph/find                          | expr     | missing",
        "/api/v1/services?namespaces=shop            | namespaces | not a parameter",
        "/api/v1/services/shop/callee0/metrics?direction=out | direction | in",
        "/api/v1/workloads/shop/callee0-v1/metrics?window=P30D&step=PT1S | step | 2000 points",
        "/api/v1/traces?limit=0                      | limit    | from 1 to 500",
        "/api/v1/traces?cursor=x                     | cursor   | the cursor of an answer",
        "/api/v1/traces/1234/skeleton?clock=both     | clock    | expected: one of adjusted, raw",
        "/livez?verbose=1                            | verbose  | not a parameter",
      })
  void badParameter_isNamedWithWhatWasExpected(String path, String parameter, String words) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("code")).isEqualTo("bad-parameter");
    JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("path")).isEqualTo(parameter);
    assertThat(error.getString("detail")).contains(words);
    assertThat(problem.getString("requestId"))
        .isEqualTo(answer.headers().firstValue("X-Request-Id").orElse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/nothing                 | 404 | not-found",
        "GET    | /api                            | 404 | not-found",
        "GET    | /api/v1/services/shop/none      | 404 | no-such-object",
        "GET    | /api/v1/workloads/shop/none     | 404 | no-such-object",
        "GET    | /api/v1/services/SHOP/callee0   | 404 | not-found",
        "GET    | /api/v1/services/shop/a_b       | 404 | not-found",
        "GET    | /api/v1/nodes/abc/metrics       | 404 | not-found",
        "GET    | /api/v1/traces/xyz              | 404 | not-found",
        "GET    | /api/v1/traces/00000000000000ab | 404 | no-such-object",
        "GET    | /api/v1/traces?q=%28service     | 400 | bad-expression",
        "GET    | /api/v1/graph/                  | 404 | not-found",
        "GET    | /api/v1//graph                  | 404 | not-found",
        "GET    | /api/v1/%67raph                 | 404 | not-found",
        "POST   | /api/v1/graph                   | 405 | method-not-allowed",
        "DELETE | /api/v1/services/shop/callee0   | 405 | method-not-allowed",
        "OPTIONS| /api/v1/graph                   | 405 | method-not-allowed",
        "GET    | /v1/traces                      | 405 | method-not-allowed",
        "PUT    | /                               | 405 | method-not-allowed",
        "POST   | /v1/traces                      | 415 | unsupported-media-type",
        "GET    | /api/v1/graph?find=%28          | 400 | bad-expression",
        "GET    | /api/v1/graph?find=%ff          | 400 | bad-request",
        "GET    | /api/v1/graph?find=%C0%AF       | 400 | bad-request",
        "GET    | /api/v1/graph?find=%4           | 400 | *",
      })
  void refusal_hasItsStatusAndCode(String method, String path, int status, String code)
      throws IOException {
    String answer =
        server.raw(
            method
                + ' '
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status + ' ');
    assertThat(answer).contains("application/problem+json");
    if (!code.equals("*")) {
      assertThat(answer).contains("\"code\":\"" + code + '"');
    }
    if (status == 405) {
      assertThat(answer.toLowerCase(Locale.ROOT)).contains("\nallow: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/assets/..\\..\\x",
        "/assets/%00.js",
        "/web/../pharos/backend/http/openapi.json",
        "/;/index.html",
        "/<script>alert(1)</script>"
      })
  void strangePath_isNotServedAndNotEchoed(String path) throws IOException {
    String answer =
        server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("<script>", "root:");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:1234, 200",
    "[::1]:80, 200",
    "evil.example, 421",
    "'', 400"
  })
  void hostHeader_mustNameThisMachine(String host, int status) throws IOException {
    String answer =
        server.raw("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void twoHosts_areRefused() throws IOException {
    String answer =
        server.raw(
            "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: b\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void tooLong_isRefusedWithItsStatus() throws IOException {
    String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    assertThat(server.raw("GET /" + "a".repeat(9_000) + head + "\r\n"))
        .matches("(?s)HTTP/1.[01] 414 .*")
        .contains("uri-too-long");
    assertThat(server.raw("GET /livez" + head + "X: " + "a".repeat(40_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 431 .*")
        .contains("headers-too-large");
    assertThat(
            server
                .send("POST", "/v1/traces", "a".repeat(9 << 20), "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void otherOrigin_isRefused() {
    assertThat(server.get("/api/v1/graph", "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(
            server.get("/api/v1/graph", "Origin", "http://127.0.0.1:" + server.port).statusCode())
        .isEqualTo(200);
  }

  @Test
  void head_hasTheLengthAndNoBody() {
    HttpResponse<String> head = server.send("HEAD", "/api/v1/openapi.json", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(1000);
  }

  @Test
  void accept_thatExcludesTheType_is406() {
    assertThat(server.get("/api/v1/graph", "Accept", "text/html").statusCode()).isEqualTo(406);
    assertThat(server.get("/api/v1/graph/stream", "Accept", "application/json").statusCode())
        .isEqualTo(406);
    assertThat(server.get("/api/v1/graph", "Accept", "application/*;q=0.5").statusCode())
        .isEqualTo(200);
  }

  @Test
  void requestId_ofTheClientIsKeptWhenItIsHarmless() {
    assertThat(server.get("/livez", "X-Request-Id", "abc-1").headers().firstValue("X-Request-Id"))
        .contains("abc-1");
    assertThat(server.get("/livez", "X-Request-Id", "a b<").headers().firstValue("X-Request-Id"))
        .isNotEqualTo(Optional.of("a b<"));
  }

  @Test
  void openApi_describesExactlyTheRoutes() {
    JsonObject document = new JsonObject(server.get("/api/v1/openapi.json").body());
    Set<String> described = new TreeSet<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        described.add(method.toUpperCase(Locale.ROOT) + ' ' + path);
      }
    }
    Set<String> served = new TreeSet<>();
    new Api(
            Vertx.vertx(),
            server.traffic,
            server.config,
            server.mesh::status,
            null,
            Access.viewer("test", "test", "A test only looks."),
            new StatusFacts("", false, Instant.EPOCH, ""),
            new Traces(
                Vertx.vertx(),
                server.traces,
                (namespace, pod) -> Optional.empty(),
                Clock.systemUTC()),
            null,
            new HttpMetrics(new CollectorRegistry()),
            HttpSettings.on("127.0.0.1", 0),
            Clock.systemUTC())
        .endpoints()
        .forEach(endpoint -> served.add(endpoint.method() + ' ' + endpoint.path()));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void openApi_namesEveryParameterThatARouteKnows() {
    JsonObject document = new JsonObject(server.get("/api/v1/openapi.json").body());
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject get = paths.getJsonObject(path).getJsonObject("get");
      if (get == null) {
        continue;
      }
      String concrete =
          path.replace("{kind}", "Service")
              .replace("{namespace}", "shop")
              .replace("{name}", path.contains("workloads") ? "callee0-v1" : "callee0")
              .replace(
                  "{id}", path.contains("changes") ? new UUID(1, 2).toString() : "a".repeat(64))
              .replace("{spanId}", "a".repeat(16));
      JsonObject problem = new JsonObject(server.get(concrete + "?unheardof=1").body());
      String known = problem.getJsonArray("errors").encode();
      JsonArray parameters = get.getJsonArray("parameters");
      for (int i = 0; i < parameters.size(); i++) {
        JsonObject parameter = parameters.getJsonObject(i);
        if (parameter.getString("in").equals("query")) {
          assertThat(known).as(path).contains(parameter.getString("name"));
        }
      }
      String list = known.substring(known.lastIndexOf("(known: ") + 8, known.lastIndexOf(')'));
      for (String name : list.equals("none") ? new String[0] : list.split(", ")) {
        assertThat(parameters.encode()).as(path).contains("\"name\":\"" + name + '"');
      }
    }
  }

  @Test
  void pages_fallBackToTheApplicationButNotForAssets() {
    assertThat(server.get("/services/shop/callee0").headers().firstValue("Content-Type"))
        .contains("text/html; charset=utf-8");
    assertThat(server.get("/assets/none.js").statusCode()).isEqualTo(404);
    HttpResponse<String> index = server.get("/");
    assertThat(index.headers().firstValue("Cache-Control")).contains("no-cache");
    String etag = index.headers().firstValue("ETag").orElseThrow();
    assertThat(server.get("/", "If-None-Match", etag).statusCode()).isEqualTo(304);
  }

  @Test
  void deadSource_is503WithItsName_andReadyStays() {
    try (TestServer dead = new TestServer()) {
      dead.mesh.failure = new SourceUnavailable("prometheus", "connection refused");
      HttpResponse<String> answer = dead.get("/api/v1/graph");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("source-unavailable");
      assertThat(dead.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bug_is500WithoutItsWords() {
    try (TestServer broken = new TestServer()) {
      broken.mesh.failure = new IllegalStateException("secret detail");
      HttpResponse<String> answer = broken.get("/api/v1/graph");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("\"internal\"").doesNotContain("secret");
    }
  }
}
