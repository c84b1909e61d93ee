package pharos.backend.source.kubernetes;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.source.scrape.ScrapeTarget;
import pharos.backend.source.scrape.ScrapeTargets;

/**
 * The running proxies, from the pods' {@code prometheus.io} annotations; a proxy without them is
 * asked where Istio's agent serves the merged metrics, port 15020.
 */
public final class PodScrapeTargets implements ScrapeTargets {
  private static final Logger LOG = LoggerFactory.getLogger(PodScrapeTargets.class);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<ScrapeTarget> targets = List.of();

  PodScrapeTargets() {}

  @Override
  public List<ScrapeTarget> current() {
    return targets;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  void publish(Collection<PodRecord> pods) {
    List<ScrapeTarget> found = new ArrayList<>();
    for (PodRecord pod : pods) {
      if (!pod.live() || pod.scrape().isEmpty()) {
        continue;
      }
      try {
        found.add(
            new ScrapeTarget(
                pod.namespace(),
                pod.name(),
                pod.labels().getOrDefault("app", ""),
                URI.create(pod.scrape())));
      } catch (IllegalArgumentException e) {
        // Annotations are free text.
        LOG.debug("pod {}/{} cannot be scraped: {}", pod.namespace(), pod.name(), e.getMessage());
      }
    }
    found.sort(Comparator.comparing(ScrapeTarget::namespace).thenComparing(ScrapeTarget::pod));
    if (!found.equals(targets)) {
      targets = List.copyOf(found);
      listeners.forEach(Runnable::run);
    }
  }
}
