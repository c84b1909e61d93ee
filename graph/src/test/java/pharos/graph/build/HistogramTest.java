package pharos.graph.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pharos.graph.Latency;
import pharos.graph.sample.CallLabels;
import pharos.graph.sample.LatencySample;
import pharos.graph.sample.Protocol;
import pharos.graph.sample.Reporter;

/** Prometheus' {@code histogram_quantile}, by its documentation. */
class HistogramTest {
  private static final CallLabels NOBODY =
      new CallLabels("", "", "", "", "", "", "", "", "", "", "", "", "", "");

  private static LatencySample sample(String bounds, String cumulative) {
    double[] rates = numbers(cumulative);
    double count = rates.length == 0 ? 0 : rates[rates.length - 1];
    return new LatencySample(
        Reporter.SOURCE, NOBODY, Protocol.HTTP, numbers(bounds), rates, count * 7, count);
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .mapToDouble(w -> w.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(w))
        .toArray();
  }

  @ParameterizedTest(name = "{0}: {1} {2} at {3} is {4}")
  @CsvSource(
      textBlock =
          """
          within a bucket it is linear          , 10 20 +Inf  , 4 8 8  , 0.5  , 10
          within the second bucket              , 10 20 +Inf  , 4 8 8  , 0.75 , 15
          the first bucket begins at 0          , 10 20 +Inf  , 4 8 8  , 0.25 , 5
          beyond the last bound: that bound     , 10 20 +Inf  , 1 2 10 , 0.95 , 20
          exactly the last finite bucket's edge , 10 20 +Inf  , 5 10 10, 1    , 20
          an empty bucket between is skipped    , 10 20 40 +Inf, 2 2 4 4, 0.75, 30
          a falling bucket is mended            , 10 20 +Inf  , 6 4 8  , 0.75 , 10
          no bucket +Inf: nothing               , 10 20       , 4 8    , 0.5  ,
          one bucket only: nothing              , +Inf        , 4      , 0.5  ,
          no observations: nothing              , 10 20 +Inf  , 0 0 0  , 0.5  ,
          no buckets: nothing                   , ''          , ''     , 0.5  ,
          """)
  void quantile(String rule, String bounds, String cumulative, double q, Double expected) {
    Double value = Histogram.of(List.of(sample(bounds, cumulative))).quantile(q);
    if (expected == null) {
      assertThat(value).as(rule).isNull();
    } else {
      assertThat(value).as(rule).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void of_severalSamples_addsTheirBuckets() {
    Histogram sum =
        Histogram.of(List.of(sample("10 20 +Inf", "4 4 4"), sample("10 20 +Inf", "0 4 4")));
    assertThat(sum.quantile(0.75)).isCloseTo(15, within(1e-9));
  }

  /** A proxy of another version may have other buckets; nothing is lost and nothing falls. */
  @Test
  void of_samplesWithOtherBounds_countsEachWhereItIsKnown() {
    Histogram sum = Histogram.of(List.of(sample("10 20 +Inf", "4 4 4"), sample("15 +Inf", "4 4")));
    assertThat(sum.quantile(1)).isCloseTo(15, within(1e-9));
    assertThat(sum.quantile(0.5)).isCloseTo(10, within(1e-9));
  }

  @Test
  void latency_withoutBuckets_hasTheMeanOnly() {
    Latency latency =
        Histogram.of(
                List.of(
                    new LatencySample(
                        Reporter.SOURCE,
                        NOBODY,
                        Protocol.HTTP,
                        new double[0],
                        new double[0],
                        50,
                        4)))
            .latency();
    assertThat(latency).isEqualTo(new Latency(12.5, null, null, null));
  }
}
