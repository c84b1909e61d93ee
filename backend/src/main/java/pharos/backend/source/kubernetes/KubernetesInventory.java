package pharos.backend.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.traffic.MeshInventory;
import pharos.backend.traffic.SourceStatus;
import pharos.graph.sample.Inventory;

/**
 * The cluster as the traffic feature sees it. Changes are collected for a moment and published
 * together; what is published last stays, with its age, when the API goes away.
 */
public final class KubernetesInventory implements MeshInventory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesInventory.class);

  private final KubernetesSettings settings;
  private final ClusterWatch watch;
  private final KubernetesConfig config;
  private final PodScrapeTargets targets = new PodScrapeTargets();
  private final Semaphore changed = new Semaphore(0);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread publisher;

  private volatile Inventory inventory = Inventory.unknown();
  private volatile PodDirectory directory = PodDirectory.EMPTY;
  private volatile Duration lastBuild = Duration.ZERO;

  /** Begins at {@link #start}. The client stays the caller's to close. */
  public KubernetesInventory(KubernetesClient client, KubernetesSettings settings, Clock clock) {
    this.settings = settings;
    Semaphore anyChanged = new Semaphore(0);
    this.watch = new ClusterWatch(client, settings, clock, changed::release, anyChanged::release);
    this.config = new KubernetesConfig(watch, settings, anyChanged);
    this.publisher = Thread.ofVirtual().name("publish inventory").unstarted(this::publish);
  }

  /** Begins to list and watch; returns at once. */
  public void start() {
    watch.start();
    publisher.start();
    config.start();
  }

  @Override
  public void close() {
    publisher.interrupt();
    config.close();
    watch.close();
  }

  @Override
  public Inventory current() {
    return inventory;
  }

  @Override
  public SourceStatus status() {
    Map<WatchedKind, KindState> kinds = watch.states();
    Map<String, String> facts =
        Map.of(
            "namespaces", Integer.toString(inventory.namespaces().size()),
            "services", Integer.toString(inventory.services().size()),
            "workloads", Integer.toString(inventory.workloads().size()),
            "pods", Integer.toString(directory.size()),
            "build", lastBuild.toString());
    return WatchStatus.of(kinds, facts);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Where the proxies' metrics are. */
  public PodScrapeTargets scrapeTargets() {
    return targets;
  }

  /** Which workload a pod belongs to, as of the last inventory. */
  public PodDirectory pods() {
    return directory;
  }

  /** The same cluster as checks read it, from the same watches. */
  public KubernetesConfig config() {
    return config;
  }

  /** Lists since the start; grows when watches break. */
  int relists() {
    return watch.relists();
  }

  private void publish() {
    try {
      while (true) {
        changed.acquire();
        Thread.sleep(settings.publishEvery()); // what comes meanwhile is published with it
        changed.drainPermits();
        if (watch.known() && watch.settled()) {
          rebuild();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("closed");
    }
  }

  private void rebuild() {
    long begin = System.nanoTime();
    try {
      ClusterView view = watch.view();
      Inventory built = Inventories.of(view, settings);
      directory = new PodDirectory(view.pods());
      targets.publish(view.pods());
      lastBuild = Duration.ofNanos(System.nanoTime() - begin);
      inventory = built;
      listeners.forEach(Runnable::run);
    } catch (RuntimeException e) {
      // An object of a shape nobody expected must not stop the others from being followed.
      LOG.error("the inventory could not be built", e);
    }
  }
}
