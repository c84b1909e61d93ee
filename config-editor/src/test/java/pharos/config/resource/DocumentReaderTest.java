package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  private final DocumentReader reader = new DocumentReader(new Limits(1_000_000, 50, 10_000, 100));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "yes, boolean",
        "Off, boolean",
        "y, string",
        "~, null",
        "null, null",
        "'null', string",
        "10, integer",
        "0o17, integer",
        "017, integer",
        "0x1F, integer",
        "1_000, integer",
        "1.5, number",
        "1e3, number",
        ".5, number",
        "1., number",
        ".inf, number",
        "1.2.3, string",
        "10s, string",
        "2001-01-01, string",
        "-, string",
        "+1, integer",
        "99999999999999999999, integer",
        "!!str 5, string",
        "1:30, string",
        "8080/tcp, string",
        "., string",
        "0x, string",
        "089, number"
      })
  void read_scalar_hasTheTypeThatKubernetesGives(String text, String type) {
    Resource resource = only("apiVersion: v1\nkind: A\nspec: {v: %s}\n".formatted(text));
    assertThat(node(resource, Path.of("spec", "v")).typeName()).isEqualTo(type);
  }

  @Test
  void read_severalDocuments_knowsTheLineAndColumnOfEveryPath() {
    List<Resource> resources =
        reader
            .read(
                "a.yaml",
                """
                # a comment
                apiVersion: v1
                kind: A
                metadata: {name: first}
                ---

                apiVersion: v1
                kind: B
                metadata:
                  name: second
                  namespace: shop
                spec:
                  hosts:
                  - "ä😀": x
                    z: 1
                """)
            .resources();
    assertThat(resources).hasSize(2);
    Resource second = resources.get(1);
    assertThat(second.source().line()).isEqualTo(7);
    assertThat(second.key().origin()).isEqualTo("B shop/second");
    assertThat(second.placeOf(Path.of("spec", "hosts", 0, "z")).line()).isEqualTo(15);
    assertThat(second.placeOf(Path.of("spec", "hosts", 0, "z")).column()).isEqualTo(8);
    // Columns count as editors do: the emoji is two UTF-16 units.
    assertThat(second.placeOf(Path.of("spec", "hosts", 0, "ä😀")).column()).isEqualTo(12);
    assertThat(second.placeOf(Path.of("spec", "nothing", "here")).line()).isEqualTo(13);
  }

  @Test
  void read_list_givesItsItemsWithTheirLines() {
    List<Resource> resources =
        reader
            .read(
                "l.yaml",
                "apiVersion: v1\n"
                    + "kind: List\n"
                    + "items:\n"
                    + "- apiVersion: v1\n"
                    + "  kind: A\n"
                    + "  metadata: {name: x}\n"
                    + "- {apiVersion: v1, kind: B, metadata: {name: y}}\n")
            .resources();
    assertThat(resources).extracting(r -> r.key().origin()).containsExactly("A x", "B y");
    assertThat(resources).extracting(r -> r.source().line()).containsExactly(4, 7);
  }

  @Test
  void read_json_isReadLikeYaml() {
    Resource resource =
        only(
            "{\n\t\"apiVersion\": \"v1\", \"kind\": \"A\",\n\t\"spec\": {\"n\": [1, 2.5, \"3\"]}}");
    assertThat(Node.plain(node(resource, Path.of("spec", "n")))).isEqualTo(List.of(1L, 2.5, "3"));
  }

  @Test
  void read_anchorsAndMergeKeys_areExpanded() {
    Resource resource =
        only("apiVersion: v1\nkind: A\nbase: &b {x: 1, y: 2}\nspec:\n  <<: *b\n  y: 3\n");
    assertThat(Node.plain(node(resource, Path.of("spec", "x")))).isEqualTo(1L);
    assertThat(Node.plain(node(resource, Path.of("spec", "y")))).isEqualTo(3L);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "a: 1\\na: 2, 2, 1, already set on line 1",
        "a: [1, 1, 6, |expected ',' or ']'|",
        "a: \\tb: c, 1, 6, mapping values",
        "a: &x [*x], 1, 8, contains itself",
        "a: *nowhere, 1, 4, names no anchor",
        "a: !!binary xx, 1, 4, tag",
        "{a: 1}: 2, 1, 1, a key must be a text",
        "a: \\0, 1, 4, U+0000",
        "- 1, 1, 1, no Kubernetes object: it is an array",
        "kind: A, 1, 1, apiVersion and kind",
      })
  void read_unreadable_isRefusedAtItsPlace(String text, int line, int column, String reason) {
    String yaml = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    DocumentReader.Reading reading = reader.read("bad.yaml", yaml);
    assertThat(reading.resources()).isEmpty();
    assertThat(reading.refusals()).hasSize(1);
    Refusal refusal = reading.refusals().getFirst();
    assertThat(refusal.reason()).contains(reason);
    assertThat(refusal.place().line()).isEqualTo(line);
    assertThat(refusal.place().column()).isEqualTo(column);
  }

  @Test
  void read_oneBrokenDocument_leavesTheOthersReadable() {
    DocumentReader.Reading reading =
        reader.read("m.yaml", "apiVersion: v1\nkind: A\n---\na: [\n---\napiVersion: v1\nkind: B\n");
    assertThat(reading.resources()).hasSize(2);
    assertThat(reading.refusals()).hasSize(1);
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefusedAtTheirPlace() {
    byte[] bytes = "a: ok\nb: x".getBytes(StandardCharsets.ISO_8859_1);
    bytes[9] = (byte) 0xE4;
    Refusal refusal = reader.read("latin.yaml", bytes).refusals().getFirst();
    assertThat(refusal.toString()).isEqualTo("latin.yaml:2:4: byte 0xE4 is not UTF-8");
  }

  @Test
  void read_aliasBomb_isRefusedWithoutExpandingIt() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
    }
    assertThat(reader.read("bomb.yaml", bomb.toString()).refusals().getFirst().reason())
        .contains("after expanding aliases");
  }

  @Test
  void read_deepNesting_isRefusedAndTheStackHolds() {
    assertThat(reader.read("deep.yaml", "[".repeat(900_000)).refusals().getFirst().reason())
        .contains("levels deep");
    assertThat(reader.read("deep.yaml", "a:\n".repeat(1)).refusals()).isNotEmpty();
  }

  @Test
  void read_randomDamage_neverThrows() {
    Random random = new Random(7);
    String text =
        "apiVersion: v1\n"
            + "kind: A\n"
            + "metadata: {name: x, labels: {a: 'b'}}\n"
            + "spec:\n"
            + "- &a \"q\"\n"
            + "- *a\n"
            + "- |\n"
            + "  block\n";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(0x2FF));
      }
      DocumentReader.Reading reading = reader.read("fuzz.yaml", damaged.toString());
      assertThat(reading.resources().size() + reading.refusals().size()).isPositive();
    }
  }

  @Test
  void overlay_putsAndRemoves_andLeavesTheOriginalAlone() {
    Resource a = only("apiVersion: v1\nkind: A\nmetadata: {name: a}\n");
    Resource newer = only("apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: {}\n");
    Resource b = only("apiVersion: v1\nkind: B\nmetadata: {name: b}\n");
    Snapshot live = Snapshot.of(List.of(a, b));
    Snapshot proposed = live.overlay(List.of(newer), java.util.Set.of(b.key()));
    assertThat(proposed.all()).containsExactly(newer);
    assertThat(live.all()).containsExactly(a, b);
  }

  private Resource only(String yaml) {
    DocumentReader.Reading reading = reader.read("x.yaml", yaml);
    assertThat(reading.refusals()).isEmpty();
    assertThat(reading.resources()).hasSize(1);
    return reading.resources().getFirst();
  }

  private static Node node(Resource resource, Path path) {
    @Nullable Node node = resource.root().at(path);
    assertThat(node).as(path.toString()).isNotNull();
    return java.util.Objects.requireNonNull(node);
  }

  @Test
  void read_linesThatBeginWithSlashes_namesTheFirstOfThem() {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT)
            .read("x.yaml", "a: 1\n---\n// who wrote it\n  // and why\nkind: Pod\n");
    assertThat(reading.refusals())
        .contains(new Refusal("x.yaml", new Place(3, 1, 9), "YAML comments start with #, not //"));
  }

  @Test
  void read_slashesFarFromTheProblem_areNotBlamed() {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read("x.yaml", "script: |\n  // ok\nkind: [\n");
    assertThat(reading.refusals()).hasSize(1);
    assertThat(reading.refusals().getFirst().reason()).doesNotContain("#");
  }

  @Test
  void read_template_isOneObjectAtItsFirstAction() {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT)
            .read(
                "chart.yaml",
                "# {{ not this }}\nname: {{ .Values.name }}\n---\n{{- if .Values.on }}\na: [\n");
    assertThat(reading.refusals()).isEmpty();
    assertThat(reading.resources()).hasSize(1);
    Resource template = reading.resources().getFirst();
    assertThat(template.key().kind()).isEqualTo(Templates.KIND);
    assertThat(Templates.action(template)).isEqualTo("{{ .Values.name }}");
    assertThat(template.placeOf(Path.of(Templates.ACTION))).isEqualTo(new Place(2, 7, 23));
  }

  @Test
  void read_brokenFlowMapInBraces_isNoTemplate() {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read("x.yaml", "a: {{b: 1}: 2\n");
    assertThat(reading.resources()).isEmpty();
    assertThat(reading.refusals()).hasSize(1);
  }
}
