package pharos.config.check;

import java.util.function.Consumer;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * A check whose word on an object depends on that object and on the settings of the mesh, and on
 * nothing else. After an edit only the objects that changed are judged again.
 */
public interface ObjectCheck extends Check {
  /** Reports everything that is wrong with an object of a kind in {@link #reads}. */
  void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report);

  @Override
  default void run(MeshView mesh, Consumer<Finding> report) {
    for (ResourceKey.Kind kind : reads()) {
      mesh.all(kind).forEach(resource -> check(resource, mesh.mesh(), report));
    }
  }
}
