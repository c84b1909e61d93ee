package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  private static @Nullable Node read(String text) {
    return DocumentReader.value(text, Limits.DEFAULT);
  }

  private static Node scalar(@Nullable Object value) {
    return new Node.Scalar(value, String.valueOf(value), false, Place.START, Place.START);
  }

  @Test
  void of_object_readsAsKubectlPrintsIt() {
    String text =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          annotations: {}
          name: reviews
        spec:
          hosts:
          - reviews
          http:
          - match:
            - headers:
                end-user:
                  exact: "yes"
            route: []
            timeout: 2.5s
          - retries:
              attempts: 3
          note: |
            two
              lines
        """;
    assertThat(YamlText.of(Objects.requireNonNull(read(text)))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "yes",
        "No",
        "y",
        "null",
        "~",
        "10",
        "1e3",
        "0x1F",
        "-",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "*",
        "*.example.com",
        "&a",
        "!x",
        "%d",
        "@a",
        "`a",
        "'a'",
        "\"a\"",
        "a'b",
        "\\d+",
        "{a}",
        "[a]",
        "a, b",
        "?",
        "? a",
        "|",
        ">",
        "=",
        "<<",
        "---",
        "...",
        "2001-01-01",
        "10:20:30",
        "2026-11-25T10:00:00Z",
        "a\nb",
        "a\nb\n",
        "a\n\n\nb\n\n",
        "\na",
        " a\nb",
        "a\n  b",
        "a\n \nb",
        "tab\there",
        "\u0000",
        "\u0085",
        "\u2028",
        "ü😀",
        "\ufeffx",
        "a\r\nb",
        "trailing ",
        "\ttab",
        "a\tb\nc",
        "x: |\n  y",
        ".inf",
        "+1",
        "1_000",
        "0o17",
        "true"
      })
  void of_text_readsBackAsTheSameText(String text) {
    Node scalar = scalar(text);
    Node inMapping =
        new Node.Mapping(
            Map.of("k", new Node.Mapping.Entry("k", Place.START, Place.START, scalar)),
            Place.START,
            Place.START);
    for (Node node :
        List.of(
            inMapping, new Node.Sequence(List.of(inMapping, scalar), Place.START, Place.START))) {
      assertThat(Node.sameValue(read(YamlText.of(node)), node)).as(YamlText.of(node)).isTrue();
    }
    Node asKey =
        new Node.Mapping(
            Map.of(text, new Node.Mapping.Entry(text, Place.START, Place.START, scalar(1L))),
            Place.START,
            Place.START);
    assertThat(Node.sameValue(read(YamlText.of(asKey)), asKey)).as(YamlText.of(asKey)).isTrue();
  }

  @Test
  void of_anyTree_readsBackAsTheSameTree() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Node tree = tree(random, 5);
      if (!(tree instanceof Node.Scalar)) {
        String text = YamlText.of(tree);
        assertThat(Node.sameValue(read(text), tree)).as(text).isTrue();
      }
    }
  }

  private static Node tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 1 : 3)) {
      case 1 -> {
        List<Node> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(tree(random, depth - 1));
        }
        yield new Node.Sequence(items, Place.START, Place.START);
      }
      case 2 -> {
        Map<String, Node.Mapping.Entry> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          String key = text(random);
          entries.put(
              key, new Node.Mapping.Entry(key, Place.START, Place.START, tree(random, depth - 1)));
        }
        yield new Node.Mapping(entries, Place.START, Place.START);
      }
      default ->
          scalar(
              switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> random.nextBoolean();
                case 2 -> random.nextLong();
                case 3 -> random.nextDouble() * 1e6;
                default -> text(random);
              });
    };
  }

  private static String text(Random random) {
    String alphabet = "abyn019 :-#'\"\\{[,&*!|>%@`~=.\n\té😀";
    int[] characters = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
