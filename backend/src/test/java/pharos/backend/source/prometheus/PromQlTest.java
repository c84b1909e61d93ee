package pharos.backend.source.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.traffic.TelemetrySource.LabelMatch;
import pharos.backend.traffic.TelemetrySource.SeriesQuery;

final class PromQlTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void rate_summed() {
    PromQl requests =
        PromQl.rate(
                IstioMetric.REQUESTS,
                List.of(Matcher.is(IstioLabel.REPORTER, "source")),
                Duration.ofMillis(1_500))
            .sumBy(List.of(IstioLabel.RESPONSE_CODE, IstioLabel.LE));

    assertThat(requests)
        .hasToString(
            "sum by (response_code,le) (rate(istio_requests_total{reporter=\"source\"}[1500ms]))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x"} or up{job="          | app="x\\"} or up{job=\\""
          back\\slash              | app="back\\\\slash"
          .*                       | app=".*"
          """)
  void is_hostileValue_staysAValue(String value, String matcher) {
    assertThat(Matcher.is(IstioLabel.APP, value).text()).isEqualTo(matcher);
  }

  @Test
  void is_controlCharacters_areEscaped() {
    assertThat(Matcher.is(IstioLabel.APP, "a\nb\u0000c\u007f").text())
        .isEqualTo("app=\"a\\nb\\x00c\\x7f\"");
  }

  @Test
  void anyOf_regexCharacters_areLiteral() {
    assertThat(Matcher.anyOf(IstioLabel.APP, Set.of("a.b", "c|d(", "\"")).text())
        .isEqualTo("app=~\"\\\"|a\\\\.b|c\\\\|d\\\\(\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a}", "a=\"x\",b"})
  void is_noLabelName_isRefused(String name) {
    assertThatThrownBy(() -> Matcher.is(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: letters");
  }

  /** The ban on PromQL in strings: there is no door for them. */
  @Test
  void promQl_hasNoDoorForText() {
    assertThat(PromQl.class.getDeclaredConstructors())
        .allMatch(constructor -> Modifier.isPrivate(((Constructor<?>) constructor).getModifiers()));
    assertThat(Stream.of(PromQl.class.getDeclaredMethods()))
        .filteredOn(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
        .allMatch(method -> Stream.of(method.getParameterTypes()).noneMatch(String.class::equals));
  }

  @Test
  void samples_numberOfQueries_doesNotDependOnNamespaces() {
    var queries = new Queries(Map.of("cluster", "east"));
    var many = new TreeSet<String>();
    for (int i = 0; i < 100; i++) {
      many.add("team-" + i);
    }

    var mesh = queries.samples(Set.of(), MINUTE);
    assertThat(mesh).hasSize(12);
    assertThat(queries.samples(many, MINUTE)).hasSize(12);
    assertThat(String.valueOf(mesh.get(IstioMetric.TCP_SENT)))
        .startsWith("sum by (source_cluster,")
        .contains("(rate(istio_tcp_sent_bytes_total{cluster=\"east\"}[60000ms]))");
  }

  @Test
  void samples_ofANamespace_askForCallsThatBeginOrEndThere() {
    String requests =
        String.valueOf(
            new Queries(Map.of()).samples(Set.of("shop"), MINUTE).get(IstioMetric.REQUESTS));

    assertThat(requests)
        .contains(
            "{source_workload_namespace=\"shop\"}",
            " or rate(istio_requests_total{destination_workload_namespace=\"shop\"}",
            " or rate(istio_requests_total{destination_service_namespace=\"shop\"}",
            "{destination_workload_namespace=\"unknown\",destination_service=~\"[^.]+\\\\.(shop)\\\\..+\"}");
  }

  @Test
  void series_unknownLabel_isRefused() {
    var query =
        new SeriesQuery(
            List.of(new LabelMatch("job", Set.of("x"))),
            null,
            SeriesQuery.By.NONE,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60),
            Duration.ofSeconds(10),
            MINUTE);

    assertThatThrownBy(() -> new Queries(Map.of()).series(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label match job");
  }
}
