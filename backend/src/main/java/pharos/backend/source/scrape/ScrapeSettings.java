package pharos.backend.source.scrape;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How proxies are scraped.
 *
 * @param interval between two rounds; null chooses by the size of the mesh, see {@link
 *     #intervalFor}
 * @param timeout of one scrape; never longer than the interval
 * @param concurrency scrapes under way at once
 * @param maxBodyBytes a longer answer of one proxy is refused
 * @param maxSeriesPerTarget more series of one proxy are left out
 * @param retention how far back rates and charts can look
 */
public record ScrapeSettings(
    @Nullable Duration interval,
    Duration timeout,
    int concurrency,
    int maxBodyBytes,
    int maxSeriesPerTarget,
    Duration retention) {

  /** Adaptive interval, 15 minutes of memory. */
  public static final ScrapeSettings DEFAULT =
      new ScrapeSettings(
          null, Duration.ofSeconds(4), 64, 32 << 20, 200_000, Duration.ofMinutes(15));

  public ScrapeSettings {
    if (interval != null && interval.toMillis() < 100) {
      throw new IllegalArgumentException(
          "scrape interval %s (expected: at least PT0.1S)".formatted(interval));
    }
    if (concurrency < 1 || maxBodyBytes < 1024 || maxSeriesPerTarget < 1) {
      throw new IllegalArgumentException(
          "scrape limits concurrency=%d maxBodyBytes=%d maxSeriesPerTarget=%d (expected: positive)"
              .formatted(concurrency, maxBodyBytes, maxSeriesPerTarget));
    }
  }

  public ScrapeSettings withInterval(Duration value) {
    return new ScrapeSettings(
        value, timeout, concurrency, maxBodyBytes, maxSeriesPerTarget, retention);
  }

  /** 5 s; 15 s above 300 proxies and 30 s above 1,500, where a round costs seconds of CPU. */
  Duration intervalFor(int targets) {
    if (interval != null) {
      return interval;
    }
    return Duration.ofSeconds(targets > 1_500 ? 30 : targets > 300 ? 15 : 5);
  }
}
