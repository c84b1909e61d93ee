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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pharos.config.resource.Place;
import pharos.config.resource.Refusal;

/** What a person reads, on inputs as people have them. */
class TextReportTest {
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: cart
        namespace: shop
      spec:
        hosst: cart
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int check(String input, String... words) {
    return new CheckCommand(
            "test",
            Clock.systemUTC(),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void print_unknownField_showsLinesObjectFixAndSummary() {
    assertThat(check(RULE, "--only", "authoring.Fields", "-")).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            """
            -:7:3: error [PHA0003] unknown field "hosst": did you mean "host"?
              6 | spec:
              7 |   hosst: cart
                |   ^^^^^
              in DestinationRule shop/cart, spec.hosst
              fix: Rename to host

            PHA0003: https://istio.io/latest/docs/reference/config/networking/

            1 error (1 object in 1 file).
            """);
  }

  @Test
  void print_windowsLineEndings_areNoPartOfTheLine() {
    check(RULE.replace("\n", "\r\n"), "--only", "authoring.Fields", "-");
    assertThat(out()).contains("  7 |   hosst: cart\n    |   ^^^^^\n");
  }

  @Test
  void print_koreanText_hasItsCaretsUnderIt() {
    check(RULE.replace("hosst: cart", "{장바구니: x, hosst: 1}"), "--only", "authoring.Fields", "-");
    assertThat(out())
        .contains("  7 |   {장바구니: x, hosst: 1}\n    |                 ^^^^^\n")
        .contains("    |    ^^^^^^^^\n");
  }

  @Test
  void print_controlCharacters_doNotReachTheTerminal() {
    check(RULE.replace("hosst", "\"ho\\u001B[2Jsst\\u202E\""), "--only", "authoring.Fields", "-");
    assertThat(out()).contains("unknown field").doesNotContain("\u001B").doesNotContain("\u202E");
  }

  @Test
  void print_longLine_isCutAroundThePlace() {
    String before = "a".repeat(300);
    check(
        RULE.replace("hosst: cart", "{host: " + before + ", hosst: 1, exportTo: [" + before + "]}"),
        "--only",
        "authoring.Fields",
        "-");
    List<String> lines = out().lines().filter(line -> line.contains(" | ")).toList();
    assertThat(lines).allMatch(line -> line.length() < 120);
    assertThat(lines.get(1)).contains("…aaa").contains(", hosst: 1").endsWith("a…");
    assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("hosst"));
  }

  @Test
  void print_onATerminal_isColoured() {
    new TextReport(new PrintStream(out, true, StandardCharsets.UTF_8), true, Map.of("x", "a: ["))
        .print(new Refusal("x", new Place(1, 4, 3), "the list does not end"));
    assertThat(out())
        .isEqualTo(
            "x:1:4: \033[1;31merror\033[0m \033[1mthe list does not end\033[0m\n"
                + "\033[2m  1 |\033[0m a: [\n"
                + "\033[2m    |\033[0m    \033[1;31m^\033[0m\n\n");
  }

  @Test
  void check_brokenDocument_isShownWithItsLineOnStandardError() {
    assertThat(check("kind: [\n", "-")).isEqualTo(2);
    assertThat(err()).contains("-:").contains(": error ").contains("1 | kind: [");
    assertThat(out()).isEmpty();
  }

  @Test
  void check_missingFile_isNamedAndTheOthersAreChecked() throws IOException {
    String file = Files.writeString(folder.resolve("dr.yaml"), RULE).toString();
    assertThat(check("", folder.resolve("none.yaml").toString(), file)).isEqualTo(2);
    assertThat(err()).contains("pharos: cannot read").contains("none.yaml: no such file");
    assertThat(out()).contains("dr.yaml:7:3: error [PHA0003]");
  }

  @Test
  void check_folderWithOtherFiles_leavesThemAlone() throws IOException {
    Files.writeString(folder.resolve("dr.yaml"), RULE.replace("hosst", "host"));
    Files.writeString(folder.resolve("values.yaml"), "replicas: 3\n");
    Files.writeString(folder.resolve("package.json"), "[]");
    assertThat(check("", folder.toString())).isZero();
    assertThat(err())
        .contains("left alone, no Kubernetes objects: ")
        .contains("package.json")
        .contains("values.yaml");
    assertThat(out()).contains("(1 object in 1 file)");
  }

  @Test
  void check_folderWithoutManifests_saysThatNothingWasChecked() {
    assertThat(check("", folder.toString())).isZero();
    assertThat(out()).startsWith("Nothing to check: no .yaml, .yml or .json file");
  }

  @Test
  void check_utf16_isNamedAsSuch() throws IOException {
    Path file =
        Files.write(
            folder.resolve("x.yaml"), ("\uFEFF" + RULE).getBytes(StandardCharsets.UTF_16BE));
    assertThat(check("", file.toString())).isEqualTo(2);
    assertThat(err()).contains("x.yaml:1:1: error the text is UTF-16 (expected: UTF-8)");
  }

  @Test
  void check_template_saysHowToRenderIt() {
    assertThat(check("a:\n  name: {{ .Values.name }}\n", "-")).isEqualTo(1);
    assertThat(out()).contains("helm template RELEASE CHART | pharos check -");
    assertThat(err()).isEmpty();
  }
}
