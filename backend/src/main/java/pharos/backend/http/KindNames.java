package pharos.backend.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Kinds;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Kinds as addresses name them: {@code VirtualService}; where two groups have a kind of one name,
 * Istio's has the plain name and the other its group behind it: {@code
 * Gateway.gateway.networking.k8s.io}.
 */
final class KindNames {
  private static final String ISTIO = ".istio.io";

  private static final Map<String, Kind> BY_NAME = byName();
  private static final Map<Kind, String> NAMES = names();

  private KindNames() {}

  private static Map<String, Kind> byName() {
    Map<String, List<Kind>> candidates = new HashMap<>();
    Kinds.all()
        .keySet()
        .forEach(kind -> candidates.computeIfAbsent(kind.name(), _ -> new ArrayList<>()).add(kind));
    Map<String, Kind> byName = new TreeMap<>();
    candidates.forEach((name, kinds) -> {
      for (Kind kind : kinds) {
        boolean plain = kinds.size() == 1 || kind.group().endsWith(ISTIO);
        byName.put(plain ? name : kind.toString(), kind);
      }
    });
    return byName;
  }

  private static Map<Kind, String> names() {
    Map<Kind, String> names = new HashMap<>();
    BY_NAME.forEach((name, kind) -> names.put(kind, name));
    return Map.copyOf(names);
  }

  /** All names with their kinds, in the order of the names. */
  static Map<String, Kind> all() {
    return BY_NAME;
  }

  /** The kind of a name, or null. */
  static @Nullable Kind kind(String name) {
    return BY_NAME.get(name);
  }

  /** The name of a kind; of one that we do not know, with its group. */
  static String name(Kind kind) {
    return NAMES.getOrDefault(kind, kind.toString());
  }
}
