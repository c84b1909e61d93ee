package pharos.backend.endtoend;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import pharos.backend.source.scrape.ScrapeTarget;
import pharos.backend.source.scrape.ScrapeTargets;

/** The same targets; every round of scrapes asks for them once, at its beginning. */
final class CountedTargets implements ScrapeTargets {
  private final ScrapeTargets targets;
  private final AtomicInteger rounds = new AtomicInteger();

  CountedTargets(ScrapeTargets targets) {
    this.targets = targets;
  }

  @Override
  public List<ScrapeTarget> current() {
    rounds.incrementAndGet();
    return targets.current();
  }

  @Override
  public void onChange(Runnable listener) {
    targets.onChange(listener);
  }

  /** Waits until a round that began after this call has ended. */
  void awaitRound() throws InterruptedException {
    int before = rounds.get();
    // The next round begins, then the one after it: then the first of them has ended.
    Await.until("a round of scrapes", () -> rounds.get() >= before + 2);
  }
}
