package pharos.backend.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** Where in files the things that decided stand. */
public final class Places {
  private static final String NOWHERE = "";

  private final Snapshot resources;
  private final Map<Origin, String> known = new ConcurrentHashMap<>();

  /** Places of the objects of a snapshot. */
  public Places(Snapshot resources) {
    this.resources = resources;
  }

  /** {@code reviews.yaml:12}, or null for objects that come from no file. */
  @Nullable String of(Origin origin) {
    String place = known.computeIfAbsent(origin, this::find);
    return place.isEmpty() ? null : place;
  }

  private String find(Origin origin) {
    Resource resource = resources.get(origin.object());
    return resource == null || resource.source().file().isEmpty()
        ? NOWHERE
        : resource.source().file() + ":" + resource.placeOf(origin.path()).line();
  }
}
