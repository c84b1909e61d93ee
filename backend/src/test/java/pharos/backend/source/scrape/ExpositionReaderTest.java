package pharos.backend.source.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.backend.source.metric.IstioLabel;
import pharos.backend.source.scrape.ExpositionReader.Scrape;

final class ExpositionReaderTest {
  private final TargetHistory history = new TargetHistory(5_000, 900_000);
  private final ExpositionReader reader =
      new ExpositionReader(history, new LabelPool(), "reviews", 1_000, 42);
  private long now = 1_000_000;

  private Scrape read(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    now += 5_000;
    return reader.read(bytes, bytes.length, now);
  }

  private List<CounterColumn> counters() {
    return history.columns().stream()
        .filter(CounterColumn.class::isInstance)
        .map(CounterColumn.class::cast)
        .toList();
  }

  /** Rate over the two newest scrapes, by source workload. */
  private TreeMap<String, Double> increases() {
    var all = new TreeMap<String, Double>();
    var window = history.window(now - 5_000, now);
    for (CounterColumn column : counters()) {
      all.put(column.labels().get(IstioLabel.SOURCE_WORKLOAD), 5 * window.perSecond(column));
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          integer                      | istio_requests_total{source_workload="a"} 12            | 12
          scientific, as Envoy prints  | istio_requests_total{source_workload="a"} 1.5e+3        | 1500
          tab and spaces               | istio_requests_total{source_workload="a"}\t  7  | 7
          timestamp in milliseconds    | istio_requests_total{source_workload="a"} 9 1700000000000 | 9
          OpenMetrics exemplar         | istio_requests_total{source_workload="a"} 9 # {trace_id="x"} 1.0 | 9
          trailing comma               | istio_requests_total{source_workload="a",} 3            | 3
          brace and comma in a value   | istio_requests_total{source_workload="a",x="},{="} 3    | 3
          longer than a long           | istio_requests_total{source_workload="a"} 12345678901234567890 | 12345678901234567890
          no labels                    | istio_requests_total 4                                  | 4
          """)
  void read_variantsOfALine(String variant, String line, double expected) {
    Scrape scrape = read(line + "\n");

    assertThat(scrape.firstError()).as(variant).isNull();
    assertThat(counters().getFirst().get(history.begin(now + 1) == 0 ? 1 : 0)).isEqualTo(expected);
  }

  @Test
  void read_escapesInValues_areUndone() {
    read("istio_requests_total{source_workload=\"a\\\\b\\\"c\\nd\"} 1\n");

    assertThat(counters().getFirst().labels().get(IstioLabel.SOURCE_WORKLOAD))
        .isEqualTo("a\\b\"c\nd");
  }

  @Test
  void read_targetsAppLabel_isAttachedAndTheSeriesOwnWins() {
    read(
        """
        istio_requests_total{source_workload="a"} 1
        istio_requests_total{source_workload="b",app="ztunnel"} 1
        """);

    assertThat(counters())
        .extracting(column -> column.labels().get(IstioLabel.APP))
        .containsExactly("reviews", "ztunnel");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          labels that do not end | istio_requests_total{source_workload="a" 5                       | the labels do not end
          no quotes              | istio_requests_total{source_workload=a} 5                        | label source_workload has no quoted value
          no number              | istio_requests_total{source_workload="a"} five                   | the value is no number
          no value               | istio_requests_total{source_workload="a"}                        | the value is no number
          bucket without le      | istio_request_duration_milliseconds_bucket{source_workload="a"} 5 | a bucket without a number in its label le
          """)
  void read_malformedLine_isNamedAndTheOthersKept(String what, String line, String reason) {
    Scrape scrape =
        read(
            "istio_requests_total{source_workload=\"x\"} 1\n"
                + line
                + "\nistio_requests_total{source_workload=\"y\"} 2\n");

    assertThat(scrape.malformed()).as(what).isEqualTo(1);
    assertThat(scrape.firstError()).isEqualTo("line 2: " + reason);
    assertThat(scrape.values()).isEqualTo(2);
  }

  @Test
  void read_notANumber_isAGapAndNotZero() {
    read("istio_requests_total{source_workload=\"a\"} 5\n");
    read("istio_requests_total{source_workload=\"a\"} NaN\n");
    read("istio_requests_total{source_workload=\"a\"} +Inf\n");

    assertThat(history.window(0, now).perSecond(counters().getFirst())).isNaN();
  }

  @Test
  void read_otherMetrics_areSkipped() {
    Scrape scrape =
        read(
            """
            # TYPE envoy_cluster_upstream_cx_active gauge
            envoy_cluster_upstream_cx_active{cluster_name="x"} 5
            istio_request_bytes_bucket{le="1"} 5
            istio_build{component="proxy"} 1

            istio_requests_total{source_workload="a"} 1
            # EOF
            """);

    assertThat(scrape.values()).isEqualTo(1);
    assertThat(scrape.lines()).isEqualTo(7);
    assertThat(scrape.malformed()).isZero();
  }

  @Test
  void read_seriesReorderedNewAndGone_keepTheirOwnCounters() {
    String a = "istio_requests_total{source_workload=\"a\"} %d\n";
    String b = "istio_requests_total{source_workload=\"b\"} %d\n";
    String c = "istio_requests_total{source_workload=\"c\"} %d\n";
    read(a.formatted(10) + b.formatted(20));
    read(b.formatted(21) + c.formatted(30) + a.formatted(15));
    assertThat(increases())
        .containsEntry("a", 5.0)
        .containsEntry("b", 1.0)
        .containsEntry("c", Double.NaN);

    read(c.formatted(33) + a.formatted(15));
    assertThat(increases())
        .containsEntry("a", 0.0)
        .containsEntry("b", Double.NaN)
        .containsEntry("c", 3.0);
  }

  /** Operators add labels that we do not read; counters that differ only there stay apart. */
  @Test
  void read_seriesThatDifferInUnreadLabels_restartApart() {
    String two =
        """
        istio_requests_total{source_workload="a",request_operation="x"} %d
        istio_requests_total{source_workload="a",request_operation="y"} %d
        """;
    read(two.formatted(100, 5));
    read(two.formatted(110, 2));

    assertThat(counters()).hasSize(2);
    var window = history.window(now - 5_000, now);
    assertThat(counters())
        .extracting(column -> 5 * window.perSecond(column))
        .containsExactly(10.0, 2.0);
  }

  @Test
  void read_histogram_isOneColumn() {
    String text =
        """
        istio_request_duration_milliseconds_bucket{source_workload="a",le="1"} %d
        istio_request_duration_milliseconds_bucket{source_workload="a",le="5"} %d
        istio_request_duration_milliseconds_bucket{source_workload="a",le="+Inf"} %d
        istio_request_duration_milliseconds_sum{source_workload="a"} %d
        istio_request_duration_milliseconds_count{source_workload="a"} %d
        """;
    read(text.formatted(1, 2, 3, 40, 3));
    read(text.formatted(2, 4, 6, 90, 6));

    assertThat(history.columns()).hasSize(1);
    var column = (HistogramColumn) history.columns().getFirst();
    var window = history.window(now - 5_000, now);
    assertThat(column.bounds()).containsExactly(1, 5, Double.POSITIVE_INFINITY);
    assertThat(5 * window.perSecond(column, 1)).isEqualTo(2);
    assertThat(5 * window.perSecond(column, HistogramColumn.SUM)).isEqualTo(50);
    assertThat(5 * window.perSecond(column, HistogramColumn.COUNT)).isEqualTo(3);
  }

  @Test
  void read_moreSeriesThanAllowed_leavesNewOnesOut() {
    var small = new ExpositionReader(history, new LabelPool(), "", 2, 1);
    var text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append("istio_requests_total{source_workload=\"w").append(i).append("\"} 1\n");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);

    Scrape scrape = small.read(bytes, bytes.length, now);

    assertThat(scrape.values()).isEqualTo(2);
    assertThat(scrape.leftOut()).isEqualTo(3);
  }
}
