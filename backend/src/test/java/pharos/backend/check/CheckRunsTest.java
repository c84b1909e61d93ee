package pharos.backend.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit statuses, and runs that must go on past what is broken. */
class CheckRunsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void files() throws IOException {
    Files.writeString(
        folder.resolve("error.yaml"),
        "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: x}, spec:"
            + " {hosts: [x], http: [{route: [{destination: {host: nobody}}]}]}}");
    Files.writeString(
        folder.resolve("info.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: x}}");
    Files.writeString(
        folder.resolve("clean.yaml"), "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}");
    Files.writeString(folder.resolve("broken.yaml"), "a: [");
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xFF, 0});
    Files.writeString(folder.resolve("empty.yaml"), "");
  }

  private int run(List<String> words) {
    return new CheckCommand(
            "test",
            Clock.systemUTC(),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "clean.yaml, error, 0",
    "empty.yaml, error, 0",
    "info.yaml, error, 0",
    "info.yaml, warning, 0",
    "info.yaml, info, 1",
    "info.yaml, never, 0",
    "error.yaml, error, 1",
    "error.yaml, never, 0",
    "broken.yaml, never, 2",
    "binary.yaml, never, 2",
    "missing.yaml, never, 2",
  })
  void check_file_endsWithTheStatusOfTheWorst(String file, String failOn, int status) {
    assertThat(run(List.of("--fail-on", failOn, folder.resolve(file).toString())))
        .isEqualTo(status);
  }

  @Test
  void each_everyKindOfTrouble_hasItsLine() {
    List<String> paths =
        List.of("clean.yaml", "broken.yaml", "binary.yaml", "missing.yaml", "error.yaml").stream()
            .map(name -> folder.resolve(name).toString())
            .toList();
    List<String> words = new java.util.ArrayList<>(List.of("--each"));
    words.addAll(paths);
    words.add("no\0name");
    assertThat(run(words)).isEqualTo(2);
    assertThat(lines()).hasSize(6);
    assertThat(lines().get(0)).endsWith("\"findings\":[]}");
    assertThat(lines().subList(1, 4)).allMatch(line -> line.contains("\"error\":"));
    assertThat(lines().get(4)).contains("IST0101");
    assertThat(lines().get(5)).contains("no name of a file");
  }

  @Test
  void batch_brokenLines_areAnsweredInOrderAndTheRunGoesOn() throws IOException {
    Path batch =
        Files.writeString(
            folder.resolve("batch.jsonl"),
            """
            {"id": "good", "files": ["error.yaml"]}
            {"id": "cut", "files": [

            ["no object"]
            {"id": "text", "files": "error.yaml"}
            {"id": "nothing"}
            {"id": "check", "files": ["clean.yaml"], "only": ["no.Such"]}
            {"id": "config", "files": ["clean.yaml"], "meshConfig": "missing.yaml"}
            {"id": "last", "files": ["clean.yaml", "broken.yaml"]}
            """);
    assertThat(run(List.of("--batch", batch.toString()))).isEqualTo(2);
    assertThat(lines()).hasSize(8);
    assertThat(lines().get(0)).contains("\"id\":\"good\"").contains("IST0101");
    assertThat(lines().get(1)).contains("batch.jsonl:2: no JSON");
    assertThat(lines().get(2)).contains("batch.jsonl:4: expected: a JSON object");
    assertThat(lines().get(3)).contains("\"id\":\"text\"").contains("an array of texts");
    assertThat(lines().get(4)).contains("\"id\":\"nothing\"").contains("no files");
    assertThat(lines().get(5)).contains("\"id\":\"check\"").contains("no.Such");
    assertThat(lines().get(6)).contains("\"id\":\"config\"").contains("missing.yaml");
    assertThat(lines().get(7)).contains("\"id\":\"last\"").contains("broken.yaml:1:");
  }

  @Test
  void batch_notUtf8_isNamed() {
    assertThat(run(List.of("--batch", folder.resolve("binary.yaml").toString()))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("binary.yaml").contains("UTF-8");
  }
}
