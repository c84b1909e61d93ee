package pharos.backend.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import pharos.backend.source.metric.IstioMetric;
import pharos.backend.source.metric.LabelValues;

final class TargetHistoryTest {
  private final TargetHistory history = new TargetHistory(5_000, 900_000);
  private final CounterColumn counter =
      new CounterColumn(
          IstioMetric.REQUESTS, new LabelValues(), new LabelValues(), history.capacity());

  private void scrape(long millis, double value) {
    int slot = history.begin(millis);
    counter.set(slot, value);
    history.commit(slot, millis);
  }

  @Test
  void rate_overThinnedHistory_staysExact() {
    history.add(counter, 0);
    for (int i = 0; i < 1_000; i++) {
      scrape(i * 5_000L, i * 10.0);
    }
    long newest = 999 * 5_000L;

    assertThat(history.oldestMillis()).isBetween(newest - 900_000, newest - 860_000);
    for (long window : new long[] {10_000, 60_000, 300_000, 840_000}) {
      assertThat(history.window(newest - window, newest).perSecond(counter))
          .as("%d ms", window)
          .isCloseTo(2, Offset.offset(1e-9));
    }
  }

  /** Thinning away the peak before a restart would lose what was counted up to it. */
  @Test
  void rate_restartInThinnedPart_losesNothing() {
    history.add(counter, 0);
    double value = 0;
    for (int i = 0; i < 170; i++) {
      value = i == 33 ? 0 : value + 10;
      scrape(i * 5_000L, value);
    }
    long newest = 169 * 5_000L;

    assertThat(history.window(0, newest).perSecond(counter))
        .isCloseTo(168 * 10 / 845.0, Offset.offset(1e-9));
  }

  /** Left in, it would halve the mean distance, and with it what rate() dares to extrapolate. */
  @Test
  void rate_afterAProvisionalScrape_isThatOfEvenlySpacedOnes() {
    history.add(counter, 0);
    scrape(0, 0);
    scrape(4_000, 8);
    history.markProvisional();
    assertThat(history.window(0, 4_000).perSecond(counter)).isCloseTo(2, Offset.offset(1e-9));

    scrape(15_000, 30);
    scrape(30_000, 60);

    assertThat(history.window(0, 44_000).perSecond(counter)).isCloseTo(2, Offset.offset(1e-9));
  }

  @Test
  void rate_restartAfterAProvisionalScrape_losesNothing() {
    history.add(counter, 0);
    scrape(0, 0);
    scrape(4_000, 8);
    history.markProvisional();
    scrape(15_000, 22);
    scrape(30_000, 30);
    assertThat(history.window(0, 30_000).perSecond(counter))
        .isCloseTo(1, Offset.offset(1e-9)); // 22 is above 8: nobody can know

    history.markProvisional();
    scrape(45_000, 2);
    assertThat(history.window(0, 45_000).perSecond(counter))
        .isCloseTo(32 / 45.0, Offset.offset(1e-9));
  }

  @Test
  void commit_clockWentBack_dropsWhatLiesAhead() {
    history.add(counter, 0);
    scrape(10_000, 1);
    scrape(15_000, 2);
    scrape(12_000, 3);

    assertThat(history.newestMillis()).isEqualTo(12_000);
    assertThat(history.window(0, 20_000).perSecond(counter)).isPositive();
  }

  @Test
  void sweep_dropsSeriesUnseenForTheRetention() {
    history.add(counter, 0);
    var fresh =
        new CounterColumn(
            IstioMetric.REQUESTS, new LabelValues(), new LabelValues(), history.capacity());
    history.add(fresh, 950_000);

    history.sweep(1_000_000, gone -> assertThat(gone).isSameAs(counter));

    assertThat(history.columns()).containsExactly(fresh);
  }
}
