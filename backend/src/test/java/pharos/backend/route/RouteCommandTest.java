package pharos.backend.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCommandTest {
  private static final String MESH =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: bookinfo}
      spec:
        clusterIP: 10.0.0.1
        selector: {app: reviews}
        ports: [{name: http, port: 9080}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: reviews-1, namespace: bookinfo, labels: {app: reviews, version: v1}}
      status: {phase: Running, podIP: 10.1.0.1, conditions: [{type: Ready, status: "True"}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: bookinfo}
      spec:
        host: reviews
        subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: bookinfo}
      spec:
        hosts: [reviews]
        http:
        - match: [{headers: {end-user: {exact: tester}}}]
          redirect: {uri: /test}
        - match: [{uri: {prefix: /v2}}]
          route: [{destination: {host: reviews, subset: v2}}]
        - name: rest
          match: [{uri: {prefix: /reviews}}]
          rewrite: {uri: /r}
          timeout: 2s
          retries: {attempts: 1, perTryTimeout: 500ms, retryOn: 5xx}
          fault: {delay: {fixedDelay: 1s, percentage: {value: 12.5}}}
          headers: {request: {set: {x-a: "1"}}, response: {remove: [server]}}
          mirror: {host: reviews, subset: v2}
          mirrorPercentage: {value: 10}
          route: [{destination: {host: reviews, subset: v1}}]
      """;

  private static final String FROM =
      "\"from\": {\"namespace\": \"bookinfo\", \"labels\": {\"app\": \"productpage\"}}";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String mesh = "";

  @BeforeEach
  void writeMesh() throws IOException {
    mesh = file("mesh.yaml", MESH);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String standardInput, String... words) {
    return new RouteCommand(
            new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void route_json_isTheAnswerOfTheInterface() throws IOException {
    int status =
        run(
            "",
            "--mesh",
            mesh,
            "-o",
            "json",
            "--request",
            "{\"id\": \"r1\", %s, \"to\": {\"port\": 9080, \"ip\": null, \"sni\": null, \"tls\": false},"
                    .formatted(FROM)
                + " \"scheme\": \"http\", \"method\": \"GET\", \"authority\": \"reviews:9080\","
                + " \"path\": \"/reviews/1?x=y\", \"headers\": {\"end-user\": \"jason\"}}");

    assertThat(status).isZero();
    JsonNode answer = new ObjectMapper().readTree(out());
    assertThat(answer.path("id").asText()).isEqualTo("r1");
    assertThat(answer.path("outcome").asText()).isEqualTo("forward");
    assertThat(answer.path("status").isNull()).isTrue();
    assertThat(answer.path("responseFlags").isNull()).isTrue();
    assertThat(answer.path("listener").asText()).isEqualTo("0.0.0.0_9080");
    assertThat(answer.path("virtualHost").asText())
        .isEqualTo("reviews.bookinfo.svc.cluster.local:9080");
    assertThat(answer.at("/route/virtualService").asText()).isEqualTo("bookinfo/reviews");
    assertThat(answer.at("/route/rule").asInt()).isEqualTo(2);
    assertThat(answer.at("/route/match").asInt()).isZero();
    assertThat(answer.at("/route/name").asText()).isEqualTo("rest");
    assertThat(answer.at("/route/object/reference").asText()).endsWith("mesh.yaml:32");
    JsonNode destination = answer.at("/destinations/0");
    assertThat(destination.path("cluster").asText())
        .isEqualTo("outbound|9080|v1|reviews.bookinfo.svc.cluster.local");
    assertThat(destination.path("host").asText()).isEqualTo("reviews.bookinfo.svc.cluster.local");
    assertThat(destination.path("port").asInt()).isEqualTo(9080);
    assertThat(destination.path("subset").asText()).isEqualTo("v1");
    assertThat(destination.path("weight").asInt()).isEqualTo(100);
    assertThat(destination.path("endpoints").asInt()).isEqualTo(1);
    assertThat(destination.path("ready").asInt()).isEqualTo(1);
    assertThat(destination.path("destinationRule").asText()).isEqualTo("bookinfo/reviews");
    assertThat(destination.path("failure").isNull()).isTrue();
    assertThat(answer.at("/request/path").asText()).isEqualTo("/r/1?x=y");
    assertThat(answer.at("/request/authority").asText()).isEqualTo("reviews:9080");
    assertThat(answer.at("/request/headers/set/x-a").asText()).isEqualTo("1");
    assertThat(answer.at("/response/headers/remove/0").asText()).isEqualTo("server");
    assertThat(answer.path("timeoutMs").asInt()).isEqualTo(2000);
    assertThat(answer.at("/retries/attempts").asInt()).isEqualTo(1);
    assertThat(answer.at("/retries/perTryTimeoutMs").asInt()).isEqualTo(500);
    assertThat(answer.at("/retries/retryOn").asText()).isEqualTo("5xx");
    assertThat(answer.at("/fault/delayMs").asInt()).isEqualTo(1000);
    assertThat(answer.at("/fault/delayPercent").asDouble()).isEqualTo(12.5);
    assertThat(answer.at("/fault/abortStatus").isNull()).isTrue();
    assertThat(answer.at("/mirrors/0/cluster").asText())
        .isEqualTo("outbound|9080|v2|reviews.bookinfo.svc.cluster.local");
    assertThat(answer.at("/mirrors/0/percent").asInt()).isEqualTo(10);
    assertThat(answer.at("/mirrors/0/failure").asText()).isEqualTo("no-healthy-upstream");
    assertThat(answer.path("explanation"))
        .anySatisfy(step -> {
          assertThat(step.path("step").asText()).isEqualTo("route");
          assertThat(step.path("subject").asText()).isEqualTo("bookinfo/reviews rule 0 match 0");
          assertThat(step.path("verdict").asText()).isEqualTo("rejected");
          assertThat(step.path("reason").asText())
              .isEqualTo("header end-user: exact \"tester\" wanted, got \"jason\"");
        });
  }

  @Test
  void route_requests_areAnsweredLineByLineAndABrokenLineEndsNothing() throws IOException {
    String requests =
        """
        {"id": "a", %1$s, "to": {"port": 9080}, "authority": "reviews", "path": "/v2"}
        {"id": "b", "authority": 7}

        not json
        {"id": "c", %1$s, "authority": "reviews:9080", "path": "/none"}
        {"id": "d", %1$s, "authority": "reviews:9080", "path": "/", "headers": {"end-user": "tester"}}
        {"id": "e", %1$s, "authority": "elsewhere.example:5432"}
        """
            .formatted(FROM);

    int status = run(requests, "--mesh", mesh, "--requests", "-");

    assertThat(status).isEqualTo(2);
    List<JsonNode> answers = lines();
    assertThat(answers).hasSize(6);
    assertThat(answers.get(0).path("status").asInt()).isEqualTo(503);
    assertThat(answers.get(0).path("responseFlags").asText()).isEqualTo("UH");
    assertThat(answers.get(0).at("/destinations/0/failure").asText())
        .isEqualTo("no-healthy-upstream");
    assertThat(answers.get(1).path("error").asText())
        .isEqualTo("-:2: authority: expected a text, got 7");
    assertThat(answers.get(2).path("error").asText()).startsWith("-:4: no JSON at column");
    assertThat(answers.get(3).path("outcome").asText()).isEqualTo("not-found");
    assertThat(answers.get(3).path("status").asInt()).isEqualTo(404);
    assertThat(answers.get(3).path("responseFlags").asText()).isEqualTo("NR");
    assertThat(answers.get(4).path("outcome").asText()).isEqualTo("redirect");
    assertThat(answers.get(4).at("/redirect/location").asText())
        .isEqualTo("http://reviews:9080/test");
    assertThat(answers.get(5).path("outcome").asText()).isEqualTo("passthrough");
    assertThat(answers.get(5).at("/destinations/0/cluster").asText())
        .isEqualTo("PassthroughCluster");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("-:2: authority", "-:4: no JSON");
  }

  @Test
  void route_text_readsFromTheQuestionToTheReasons() {
    int status =
        run(
            "",
            "--explain",
            "--mesh=" + mesh,
            "--request",
            "{%s, \"method\": \"GET\", \"authority\": \"reviews:9080\", \"path\": \"/reviews/1\"}"
                .formatted(FROM));

    assertThat(status).isZero();
    assertThat(out())
        .startsWith(
            """
            GET http://reviews:9080/reviews/1 to port 9080
            from sidecar in namespace bookinfo with app=productpage

            => forward
            """)
        .contains(
            "reviews.bookinfo.svc.cluster.local:9080 subset v1  1 of 1 endpoints ready",
            "path becomes     /r/1",
            "fault            delay 1 s for 12.5 %",
            "rejected route        bookinfo/reviews rule 0 match 0 (" + mesh + ":27)",
            "header end-user: exact \"tester\" wanted, the request has none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--mesh nowhere.yaml --request {}; nowhere.yaml",
        "--request {}; no --mesh PATH",
        "--mesh MESH; either --request JSON or --requests FILE",
        "--mesh MESH --request {} --requests x; either --request JSON or --requests FILE",
        "--mesh MESH --request; --request: a value is missing",
        "--mesh MESH --request {} -o yaml; -o yaml (expected: text or json)",
        "--mesh MESH --request {} --explian; --explian: unknown option",
        "--mesh MESH --requests nowhere.jsonl; nowhere.jsonl",
        "--mesh MESH --request []; a request is a JSON object",
        "--mesh MESH --request {\"to\":{\"port\":70000}}; to.port: expected 1 to 65535, got 70000",
        "--mesh MESH --request {\"to\":{\"ip\":\"x\"}}; to.ip: expected an IP address",
        "--mesh MESH --request {\"path\":\"x\"}; path: expected a text that begins with /",
        "--mesh MESH --request {\"from\":{\"kind\":\"x\"}}; from.kind: expected sidecar, gateway",
        "--mesh MESH --request {\"headers\":{\"a\":1}}; headers.a: expected a text",
        "--mesh MESH --request {\"scheme\":\"ftp\"}; scheme: expected http or https"
      })
  void route_whatCannotBeRead_isNamed(String words, String problem) {
    int status = run("", words.replace("MESH", mesh).split(" ", -1));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("pharos: ").contains(problem);
    assertThat(out()).isEmpty();
  }

  @Test
  void route_fieldThatMeansNothing_isSaidOnceAndTheAnswerStands() {
    int status =
        run(
            """
            {"athority": "reviews:9080"}
            {"athority": "reviews:9080", "to": {"prot": 1}}
            """,
            "--mesh",
            mesh,
            "--requests",
            "-");

    assertThat(status).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("pharos: fields of requests that mean nothing: athority, to.prot\n");
  }

  @Test
  void route_brokenDocument_isNamedAndTheRestAnswers() throws IOException {
    String broken = file("broken.yaml", "kind: [");

    int status =
        run("", "--mesh", mesh, broken, "--request", "{\"authority\": \"reviews.bookinfo:9080\"}");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(broken);
    assertThat(out()).contains("reviews.bookinfo");
  }

  @Test
  void route_meshConfigAmongTheResources_counts() throws IOException {
    String config =
        file(
            "config.yaml",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data:
              mesh: |
                outboundTrafficPolicy: {mode: REGISTRY_ONLY}
            """);

    run(
        "",
        "--mesh",
        mesh,
        config,
        "-o",
        "json",
        "--request",
        "{\"authority\": \"elsewhere.example:9080\", \"path\": \"/\"}");

    assertThat(out()).contains("\"blackhole\"", "502", "block_all");
  }

  @Test
  void route_help_listsTheOptions() {
    assertThat(run("", "--help")).isZero();
    assertThat(out()).contains("--mesh", "--requests", "--explain", "exit status");
  }
}
