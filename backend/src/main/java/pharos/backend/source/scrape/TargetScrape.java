package pharos.backend.source.scrape;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import pharos.backend.source.scrape.ExpositionReader.Scrape;
import pharos.backend.source.scrape.ScrapeClient.ScrapeFailed;

/** One target: its history, and how its last scrape went. */
final class TargetScrape {
  private final ScrapeTarget target;
  private final TargetHistory history;
  private final ExpositionReader reader;
  private volatile @Nullable String problem;
  private volatile boolean up;
  private volatile boolean tried;
  private volatile int bytes;

  TargetScrape(ScrapeTarget target, ScrapeSettings settings, long intervalMillis, LabelPool pool) {
    this.target = target;
    history = new TargetHistory(intervalMillis, settings.retention().toMillis());
    reader =
        new ExpositionReader(
            history,
            pool,
            target.app(),
            settings.maxSeriesPerTarget(),
            ThreadLocalRandom.current().nextLong());
  }

  ScrapeTarget target() {
    return target;
  }

  /** Monitor of everything that reads or writes the history. */
  TargetHistory history() {
    return history;
  }

  /**
   * Reads an answer.
   *
   * @param provisional whether the next scrape replaces it in the history
   */
  void took(Buffer body, long scrapedAtMillis, boolean provisional) throws ScrapeFailed {
    byte[] text = body.getBytes();
    if (text.length > 0 && text[0] == '<') {
      throw new ScrapeFailed("answered a web page, not metrics");
    }
    Scrape scrape;
    synchronized (history) {
      scrape = reader.read(text, text.length, scrapedAtMillis);
      if (provisional) {
        history.markProvisional();
      }
    }
    bytes = text.length;
    tried = true;
    up = true;
    problem = words(scrape);
  }

  void failed(String reason) {
    tried = true;
    up = false;
    problem = "%s %s".formatted(target.label(), reason);
  }

  private @Nullable String words(Scrape scrape) {
    if (scrape.malformed() > 0) {
      return "%s: %d lines could not be read, first %s"
          .formatted(target.label(), scrape.malformed(), scrape.firstError());
    }
    if (scrape.leftOut() > 0) {
      return "%s: %d new series beyond the limit were left out"
          .formatted(target.label(), scrape.leftOut());
    }
    return null;
  }

  /** Whether the last scrape worked. */
  boolean up() {
    return up;
  }

  /** Whether there was a scrape. */
  boolean tried() {
    return tried;
  }

  /** What is wrong, for the user; null when nothing is. */
  @Nullable String problem() {
    return problem;
  }

  int bytes() {
    return bytes;
  }
}
