package pharos.backend.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import pharos.config.check.MeshView.MeshSettings;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/** A cluster that is a text. */
public final class ConfigInMemory implements ConfigSource {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile ClusterConfig current = ClusterConfig.unknown("the cluster is being listed");

  @Override
  public ClusterConfig current() {
    return current;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Puts objects in; those that are there already stay. */
  public void put(String yaml) {
    List<Resource> resources =
        new DocumentReader(Limits.DEFAULT)
            .read("", yaml).resources().stream()
                .map(r -> new Resource(r.key(), r.apiVersion(), r.root(), Resource.Source.LIVE))
                .toList();
    change(
        new ClusterConfig(
            "",
            current.resources().overlay(resources, Set.of()),
            MeshSettings.DEFAULT,
            current.unreadable()));
  }

  /** Says of kinds that they cannot be listed. */
  public void hide(Map<ResourceKey.Kind, String> unreadable) {
    Snapshot kept =
        current
            .resources()
            .overlay(
                List.of(),
                Set.copyOf(
                    current.resources().all().stream()
                        .map(Resource::key)
                        .filter(key -> unreadable.containsKey(key.kind()))
                        .toList()));
    change(new ClusterConfig("", kept, MeshSettings.DEFAULT, unreadable));
  }

  private void change(ClusterConfig next) {
    current = next;
    listeners.forEach(Runnable::run);
  }
}
