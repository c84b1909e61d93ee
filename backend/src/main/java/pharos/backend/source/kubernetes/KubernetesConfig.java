package pharos.backend.source.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.config.ClusterConfig;
import pharos.backend.config.ConfigSource;
import pharos.backend.traffic.SourceStatus;
import pharos.config.check.MeshView.MeshSettings;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/**
 * The cluster as checks read it. Changes are collected for a moment and published together; what
 * did not change stays the same object from one snapshot to the next.
 */
public final class KubernetesConfig implements ConfigSource {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesConfig.class);

  private final ClusterWatch watch;
  private final KubernetesSettings settings;
  private final Semaphore changed;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread publisher;
  private volatile @Nullable ClusterConfig current;

  KubernetesConfig(ClusterWatch watch, KubernetesSettings settings, Semaphore changed) {
    this.watch = watch;
    this.settings = settings;
    this.changed = changed;
    this.publisher = Thread.ofVirtual().name("publish configuration").unstarted(this::publish);
  }

  void start() {
    publisher.start();
  }

  void close() {
    publisher.interrupt();
  }

  @Override
  public ClusterConfig current() {
    ClusterConfig newest = current;
    return newest == null ? ClusterConfig.unknown(status().detail()) : newest;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Health and age of the watches, of those too that the inventory does not need. */
  public SourceStatus status() {
    return WatchStatus.of(watch.allStates(), Map.of());
  }

  private void publish() {
    try {
      while (true) {
        changed.acquire();
        Thread.sleep(settings.publishEvery()); // what comes meanwhile is published with it
        changed.drainPermits();
        if (watch.known() && watch.allSettled()) {
          renew();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("closed");
    }
  }

  private void renew() {
    try {
      @Nullable ClusterConfig old = current;
      ClusterConfig renewed = renewed(old == null ? Snapshot.EMPTY : old.resources());
      if (!renewed.equals(old)) {
        current = renewed;
        listeners.forEach(Runnable::run);
      }
    } catch (RuntimeException e) {
      // An object of a shape nobody expected must not stop the others from being followed.
      LOG.error("the configuration could not be read", e);
    }
  }

  private ClusterConfig renewed(Snapshot before) {
    List<Resource> put = new ArrayList<>();
    Set<ResourceKey> gone = new HashSet<>();
    before.all().forEach(resource -> gone.add(resource.key()));
    for (Resource resource : watch.resources()) {
      gone.remove(resource.key());
      Resource known = before.get(resource.key());
      if (known == null || (known != resource && !Node.sameValue(known.root(), resource.root()))) {
        put.add(resource);
      }
    }
    Map<ResourceKey.Kind, String> unreadable = new HashMap<>();
    watch
        .unlisted()
        .forEach((kind, state) ->
            unreadable.put(
                kind.resourceKind(),
                state.message().isEmpty() ? "not listed yet" : state.message()));
    Snapshot after = put.isEmpty() && gone.isEmpty() ? before : before.overlay(put, gone);
    return new ClusterConfig("", after, mesh(after), Map.copyOf(unreadable));
  }

  /** The control plane's own settings; of several revisions the default one's, else the first. */
  private MeshSettings mesh(Snapshot resources) {
    TreeMap<String, Resource> maps = new TreeMap<>();
    for (Resource map : resources.all(Kinds.CONFIG_MAP)) {
      String name = map.key().name();
      if (map.key().namespace().equals(settings.rootNamespace())
          && (name.equals("istio") || name.startsWith("istio-"))
          && Fields.has(map.root(), "data", "mesh")) {
        maps.put(name, map);
      }
    }
    if (maps.isEmpty()) {
      return new MeshSettings(settings.rootNamespace(), null, null);
    }
    Resource map = maps.firstEntry().getValue();
    return new MeshSettings(
        settings.rootNamespace(), value(map, "mesh"), value(map, "meshNetworks"));
  }

  private static @Nullable Node value(Resource map, String key) {
    return DocumentReader.value(Fields.text(map.root(), "data", key), Limits.DEFAULT);
  }
}
