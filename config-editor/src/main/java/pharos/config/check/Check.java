package pharos.config.check;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.resource.ResourceKey;

/**
 * One check: a pure function from resources to findings. A check that judges each object by itself
 * is an {@link ObjectCheck}, which costs least when the mesh changes.
 */
public interface Check {
  /** The public name, for example {@code virtualservice.GatewayAnalyzer}. */
  String name();

  /**
   * Every kind that it looks at, also through an index. While none of them changes, its findings
   * stand and it is not run again.
   */
  Set<ResourceKey.Kind> reads();

  /** Whether it looks at {@link MeshView#now}. */
  default boolean readsClock() {
    return false;
  }

  /** Reports everything that is wrong. The order of reports does not matter. */
  void run(MeshView mesh, Consumer<Finding> report);
}
