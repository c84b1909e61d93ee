package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;

/** Services by who may see them (R-VIS-5). */
final class VisibleServices {
  private final List<MeshService> everywhere = new ArrayList<>();
  private final Map<String, List<MeshService>> own = new HashMap<>();
  private final Map<String, List<MeshService>> exported = new HashMap<>();

  /** Takes all services in R-ORD-3 order. */
  VisibleServices(List<MeshService> services) {
    for (MeshService service : services) {
      if (service.exportTo().contains(Visibility.EVERYWHERE)) {
        everywhere.add(service);
        continue;
      }
      for (String scope : service.exportTo()) {
        (scope.equals(service.namespace()) ? own : exported)
            .computeIfAbsent(scope, _ -> new ArrayList<>())
            .add(service);
      }
    }
  }

  /** Those that a namespace sees: private ones, then exported to it, then public. */
  List<MeshService> to(String namespace) {
    List<MeshService> privately = own.getOrDefault(namespace, List.of());
    List<MeshService> explicitly = exported.getOrDefault(namespace, List.of());
    if (privately.isEmpty() && explicitly.isEmpty()) {
      return everywhere;
    }
    List<MeshService> all =
        new ArrayList<>(privately.size() + explicitly.size() + everywhere.size());
    all.addAll(privately);
    all.addAll(explicitly);
    all.addAll(everywhere);
    return all;
  }

  /** R-SC-12: one service per host; the first, except that Kubernetes replaces another. */
  static List<MeshService> onePerHost(List<MeshService> services) {
    return onePerHost(services, "");
  }

  /** R-SC-11: one namespace per host; the client's own, else Kubernetes, else the first. */
  static List<MeshService> onePerHost(List<MeshService> services, String client) {
    Map<String, MeshService> chosen = new LinkedHashMap<>();
    for (MeshService service : services) {
      chosen.merge(service.host(), service, (a, b) -> better(a, b, client));
    }
    if (chosen.size() == services.size()) {
      return services;
    }
    return services.stream()
        .filter(service -> {
          MeshService winner = chosen.get(service.host());
          return winner != null && winner.namespace().equals(service.namespace());
        })
        .toList();
  }

  private static MeshService better(MeshService held, MeshService next, String client) {
    boolean heldOwn = held.namespace().equals(client);
    boolean nextOwn = next.namespace().equals(client);
    if (heldOwn != nextOwn) {
      return heldOwn ? held : next;
    }
    return held.registry() != Registry.KUBERNETES && next.registry() == Registry.KUBERNETES
        ? next
        : held;
  }
}
