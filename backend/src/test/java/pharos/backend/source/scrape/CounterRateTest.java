package pharos.backend.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked examples of PromQL's rate(); RateAgainstPrometheusTest asks a real Prometheus. */
final class CounterRateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no sample                                |                          | NaN
          one sample says nothing                  | 30:5                     | NaN
          steady, samples at both edges            | 0:100 30:130 60:160      | 1
          steady, stretched to both edges          | 5:105 15:115 25:125 35:135 45:145 55:155 | 1
          idle                                     | 5:7 35:7                 | 0
          a restart counts from zero               | 0:90 30:100 60:20        | 0.5
          two restarts                             | 0:10 20:4 40:2 60:8      | 0.2
          far from the start: half an interval     | 30:1000 40:1010 50:1020 60:1030 | 0.583333
          born at zero is not stretched below zero | 30:0 40:10 50:20 60:30   | 0.5
          the first value of a newborn is no rise  | 30:50 60:50              | 0
          """)
  void perSecond_window60s(String situation, String samples, double expected) {
    var rate = new CounterRate();
    if (samples != null) {
      for (String sample : samples.split(" ", -1)) {
        String[] parts = sample.split(":", -1);
        rate.sample(Long.parseLong(parts[0]) * 1000, Double.parseDouble(parts[1]));
      }
    }

    double perSecond = rate.perSecond(0, 60_000);

    if (Double.isNaN(expected)) {
      assertThat(perSecond).as(situation).isNaN();
    } else {
      assertThat(perSecond).as(situation).isCloseTo(expected, Offset.offset(1e-5));
    }
  }
}
