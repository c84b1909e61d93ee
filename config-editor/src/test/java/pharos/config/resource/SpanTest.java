package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  private static final String TEXT =
      """
      kind: A
      spec:
        hosts:
        - reviews
        http:
        - route:
          - destination:
              host: reviews
              subset: v1
        empty: {}
      """;

  @ParameterizedTest
  @CsvSource({
    "kind, 'A'",
    "spec, 'spec'",
    "spec.hosts, 'hosts'",
    "spec.hosts[0], 'reviews'",
    "spec.http[0], 'route'",
    "spec.http[0].route[0].destination, 'destination'",
    "spec.http[0].route[0].destination.subset, 'v1'",
    "spec.http[0].route[0].destination.port.number, 'destination'",
    "spec.http[7].route, 'http'",
    "spec.empty, '{}'",
    "status.nothing, 'kind'"
  })
  void of_path_isWhatAnEditorUnderlines(String path, String underlined) {
    Node root = Objects.requireNonNull(DocumentReader.value(TEXT, Limits.DEFAULT));
    Span span = Span.of(root, path(path));
    assertThat(TEXT.substring(span.start().offset(), span.end().offset())).isEqualTo(underlined);
  }

  private static Path path(String text) {
    Path path = Path.ROOT;
    for (String step : text.replace("[", ".[").split("\\.", -1)) {
      path =
          step.startsWith("[")
              ? path.index(Integer.parseInt(step.substring(1, step.length() - 1)))
              : path.key(step);
    }
    return path;
  }
}
