package pharos.backend.check;

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
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final String BOGUS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: httpbin-bogus
      spec:
        hosts: ["*"]
        gateways:
        - httpbin-gateway-bogus
        http:
        - route:
          - destination: {host: httpbin}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    return new CheckCommand(
            "test",
            Clock.systemUTC(),
            new ByteArrayInputStream(BOGUS.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void check_missingGateway_isFoundAtItsLine() throws IOException {
    String file = file("vs.yaml", BOGUS);
    assertThat(run("-o", "json", "--only", "virtualservice.GatewayAnalyzer", file)).isEqualTo(1);
    JsonNode first = new ObjectMapper().readTree(out()).get(0);
    assertThat(first.get("code").asText()).isEqualTo("IST0101");
    assertThat(first.get("origin").asText()).isEqualTo("VirtualService default/httpbin-bogus");
    assertThat(first.get("message").asText())
        .isEqualTo("Referenced gateway not found: \"httpbin-gateway-bogus\"");
    assertThat(first.get("reference").asText()).isEqualTo(file + ":8");
    assertThat(first.get("path").asText()).isEqualTo("spec.gateways[0]");
    assertThat(first.get("line").asInt()).isEqualTo(8);
    assertThat(first.get("column").asInt()).isEqualTo(5);
  }

  @Test
  void check_standardInputAsText_showsTheCaretUnderTheMistake() throws IOException {
    String file = file("vs.yaml", BOGUS);
    run(file);
    assertThat(out())
        .contains(
            "  7 |   gateways:\n  8 |   - httpbin-gateway-bogus\n    |     "
                + "^".repeat("httpbin-gateway-bogus".length())
                + "\n");
    out.reset();
    assertThat(run("-")).isEqualTo(1);
    assertThat(out())
        .contains("-:8:5: error [IST0101]")
        .contains("  8 |   - httpbin-gateway-bogus\n");
  }

  @ParameterizedTest
  @CsvSource({"error, 1", "warning, 1", "never, 0"})
  void check_failOn_decidesTheStatus(String level, int status) {
    assertThat(run("--fail-on", level, "-o", "json", "-")).isEqualTo(status);
  }

  @Test
  void check_suppressedFinding_isLeftOut() {
    run("-o", "json", "--suppress", "IST0101=VirtualService default/*", "-");
    assertThat(out()).doesNotContain("IST0101");
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, unknown option",
    "--only=nothing, no check is named",
    "--fail-on=sometimes, expected: error",
    "--suppress=x, is no suppression"
  })
  void check_wrongWords_areNamed(String word, String reason) {
    assertThat(run(word, "-")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(reason);
  }

  @Test
  void check_unreadableDocument_isNamedAndTheRestIsChecked() throws IOException {
    String file = file("two.yaml", BOGUS + "---\na: [\n");
    assertThat(run("-o", "json", file)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("two.yaml:14:1:");
    assertThat(out()).contains("IST0101");
  }

  @Test
  void each_missingFile_isAnErrorOnItsLineAndTheRunGoesOn() throws IOException {
    String file = file("vs.yaml", BOGUS);
    run("--each", folder.resolve("none.yaml").toString(), file);
    List<String> lines = out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"error\":");
    assertThat(lines.get(1)).contains("IST0101");
  }

  @Test
  void batch_runs_answerInOrderWithTheirIds() throws IOException {
    file("vs.yaml", BOGUS);
    String batch =
        file(
            "batch.jsonl",
            """
            {"id": "a", "files": ["vs.yaml"], "only": ["virtualservice.GatewayAnalyzer"]}
            {"id": "b", "files": ["none.yaml"]}
            """);
    assertThat(run("--batch", batch)).isEqualTo(0);
    List<String> lines = out().lines().toList();
    // Without a namespace none is filled in.
    assertThat(lines.get(0)).startsWith("{\"id\":\"a\"").contains("VirtualService httpbin-bogus");
    assertThat(lines.get(1)).startsWith("{\"id\":\"b\"").contains("cannot read");
  }

  @Test
  void sarif_findings_haveRulesAndPlaces() throws IOException {
    run("-o", "sarif", file("vs.yaml", BOGUS));
    JsonNode run = new ObjectMapper().readTree(out()).get("runs").get(0);
    assertThat(run.at("/tool/driver/rules/0/id").asText()).isNotEmpty();
    assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine").asInt())
        .isPositive();
  }
}
