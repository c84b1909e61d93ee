package pharos.backend.source.scrape;

import java.util.List;

/** Port: which proxies exist. Implemented from the cluster's pods, or by the demo mesh. */
public interface ScrapeTargets {

  /** All proxies that are running now; never blocks. */
  List<ScrapeTarget> current();

  /** Calls {@code listener} after each change, on any thread. */
  void onChange(Runnable listener);
}
