package pharos.config.check.istio;

import java.util.Map;
import java.util.TreeMap;
import pharos.config.resource.Path;

/** Places in a Gateway that several checks point at. */
final class GatewayPaths {
  private GatewayPaths() {}

  /** The first label of the selector by name, or the selector itself when it is empty. */
  static Path selector(Map<String, String> selector) {
    Path path = Path.of("spec", "selector");
    return selector.isEmpty() ? path : path.key(new TreeMap<>(selector).firstKey());
  }
}
