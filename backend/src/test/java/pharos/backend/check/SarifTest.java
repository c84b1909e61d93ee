package pharos.backend.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The parts of SARIF 2.1.0 (OASIS Standard, sections 3.13 to 3.30) that Pharos writes: which
 * properties an object may have, which it must have, and what their values may be. The standard's
 * schema allows no others.
 */
class SarifTest {
  private record Shape(Set<String> required, Map<String, String> properties) {}

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "log",
          new Shape(
              Set.of("version", "runs"),
              Map.of("$schema", "uri", "version", "text", "runs", "[run]")),
          "run",
          new Shape(
              Set.of("tool"),
              Map.of("tool", "tool", "results", "[result]", "columnKind", "columnKind")),
          "tool",
          new Shape(Set.of("driver"), Map.of("driver", "component")),
          "component",
          new Shape(Set.of("name"), Map.of("name", "text", "version", "text", "rules", "[rule]")),
          "rule",
          new Shape(
              Set.of("id"),
              Map.of(
                  "id", "text", "name", "text", "shortDescription", "message", "helpUri", "uri")),
          "message",
          new Shape(Set.of("text"), Map.of("text", "text")),
          "result",
          new Shape(
              Set.of("message"),
              Map.of(
                  "ruleId",
                  "text",
                  "level",
                  "level",
                  "message",
                  "message",
                  "locations",
                  "[location]")),
          "location",
          new Shape(
              Set.of(), Map.of("physicalLocation", "physical", "logicalLocations", "[logical]")),
          "physical",
          new Shape(
              Set.of("artifactLocation"),
              Map.of("artifactLocation", "artifact", "region", "region")),
          "artifact",
          new Shape(Set.of("uri"), Map.of("uri", "uri")));
  private static final Map<String, Shape> MORE =
      Map.of(
          "region",
          new Shape(
              Set.of("startLine"), Map.of("startLine", "position", "startColumn", "position")),
          "logical",
          new Shape(Set.of(), Map.of("fullyQualifiedName", "text")));

  private static void verify(JsonNode node, String type, String at) {
    if (type.startsWith("[")) {
      assertThat(node.isArray()).as(at).isTrue();
      for (int i = 0; i < node.size(); i++) {
        verify(node.get(i), type.substring(1, type.length() - 1), at + "[" + i + "]");
      }
      return;
    }
    Shape shape = SHAPES.getOrDefault(type, MORE.get(type));
    if (shape == null) {
      verifyValue(node, type, at);
      return;
    }
    assertThat(node.isObject()).as(at).isTrue();
    shape.required().forEach(name -> assertThat(node.has(name)).as(at + "." + name).isTrue());
    node.properties()
        .forEach(property -> {
          assertThat(shape.properties()).as(at).containsKey(property.getKey());
          verify(
              property.getValue(),
              shape.properties().getOrDefault(property.getKey(), ""),
              at + "." + property.getKey());
        });
  }

  private static void verifyValue(JsonNode node, String type, String at) {
    switch (type) {
      case "text" -> assertThat(node.asText()).as(at).isNotEmpty();
      case "uri" -> assertThat(URI.create(node.asText()).toString()).as(at).isNotEmpty();
      case "level" -> assertThat(node.asText()).as(at).isIn("none", "note", "warning", "error");
      case "columnKind" -> assertThat(node.asText()).isIn("utf16CodeUnits", "unicodeCodePoints");
      case "position" -> {
        assertThat(node.isInt()).as(at).isTrue();
        assertThat(node.asInt()).as(at).isPositive();
      }
      default -> throw new AssertionError(type);
    }
  }

  @TempDir Path folder;

  private JsonNode sarif(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CheckCommand(
            "1.2",
            Clock.systemUTC(),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err)
        .run(List.of("-o", "sarif", file.toString()));
    return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void sarif_findingsOfAllLevels_isWhatTheStandardAllows() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mesh of é & co.yaml"),
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: odd, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: cart, namespace: shop}
            spec: {hosts: [cart], gateways: [none], http: [{route: [{destination: {host: nobody}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: cart, namespace: shop}
            spec: {host: nobody, trafficPolicy: {tls: {mode: SIMPLE}}}
            """);
    JsonNode log = sarif(file);
    verify(log, "log", "");
    assertThat(log.get("version").asText()).isEqualTo("2.1.0");
    JsonNode run = log.at("/runs/0");
    assertThat(run.get("results").findValuesAsText("level")).contains("error", "warning", "note");
    // Every result names a rule that the driver describes, once.
    List<String> rules = run.at("/tool/driver/rules").findValuesAsText("id");
    assertThat(rules)
        .doesNotHaveDuplicates()
        .containsAll(run.get("results").findValuesAsText("ruleId"));
    assertThat(run.get("results").findValuesAsText("uri"))
        .allMatch(uri -> uri.endsWith("/mesh%20of%20%C3%A9%20&%20co.yaml"));
  }

  @Test
  void sarif_nothingFound_isAnEmptyRun() throws IOException {
    JsonNode log =
        sarif(
            Files.writeString(
                folder.resolve("x.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"));
    verify(log, "log", "");
    assertThat(log.at("/runs/0/results").size()).isZero();
  }
}
