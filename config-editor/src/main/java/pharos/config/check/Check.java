package pharos.config.check;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.resource.ResourceKey;

/** One check: a pure function from resources to findings. */
public interface Check {
  /** The public name, for example {@code virtualservice.GatewayAnalyzer}. */
  String name();

  /** The kinds it looks at; nothing else is shown to it. */
  Set<ResourceKey.Kind> reads();

  /** Reports everything that is wrong. The order of reports does not matter. */
  void run(MeshView mesh, Consumer<Finding> report);
}
