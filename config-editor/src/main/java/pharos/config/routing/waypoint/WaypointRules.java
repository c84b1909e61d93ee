package pharos.config.routing.waypoint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Hosts;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.compile.http.RouteContext;

/** Which rules of VirtualServices hold on a waypoint (R-AMB-5, R-AMB-6, R-AMB-9). */
final class WaypointRules {
  private WaypointRules() {}

  /**
   * The VirtualServices for a service, all of them, in scope order.
   *
   * @param meshWide those that are visible and bound to {@code mesh}, in scope order
   * @param namespace of the waypoint
   */
  static List<VirtualService> of(
      MeshService service, List<VirtualService> meshWide, String namespace) {
    List<VirtualService> applying = new ArrayList<>();
    for (VirtualService candidate : meshWide) {
      boolean near =
          candidate.namespace().equals(namespace)
              || candidate.namespace().equals(service.namespace());
      if (near
          && candidate.hosts().stream().anyMatch(host -> Hosts.overlap(host, service.host()))) {
        applying.add(candidate);
      }
    }
    return applying;
  }

  /** Predicates on requests that are decided before there is one (R-AMB-6). */
  record Sources(String namespace, int port) implements RouteContext.Sources {
    @Override
    public RouteContext.@Nullable Refusal refusal(HttpMatch match) {
      if (!match.sourceLabels().isEmpty()) {
        return new RouteContext.Refusal(
            "R-AMB-6", "has sourceLabels, which a waypoint cannot look at");
      }
      if (match.port() != 0 && match.port() != port) {
        return new RouteContext.Refusal(
            "R-HTTP-2", "is for port %d, not %d".formatted(match.port(), port));
      }
      if (!match.gateways().isEmpty()) {
        return match.gateways().contains(VirtualService.MESH)
            ? null
            : new RouteContext.Refusal(
                "R-AMB-6", "is for gateways %s".formatted(String.join(", ", match.gateways())));
      }
      return match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(namespace)
          ? null
          : new RouteContext.Refusal(
              "R-AMB-6",
              "is for callers of namespace %s, and a waypoint compares its own: %s"
                  .formatted(match.sourceNamespace(), namespace));
    }
  }

  /**
   * The rule for the connections of a port: the first that holds among all {@code tls} rules, then
   * among all {@code tcp} rules; null for none.
   */
  static @Nullable StreamRoute stream(
      List<VirtualService> applying, MeshService service, int port) {
    for (VirtualService candidate : applying) {
      for (StreamRoute rule : candidate.tls()) {
        boolean holds =
            rule.match().isEmpty()
                || rule.match().stream()
                    .anyMatch(match ->
                        match.sniHosts().equals(List.of(service.host())) && holds(match, port));
        if (holds) {
          return rule;
        }
      }
    }
    for (VirtualService candidate : applying) {
      for (StreamRoute rule : candidate.tcp()) {
        if (rule.match().isEmpty() || rule.match().stream().anyMatch(match -> holds(match, port))) {
          return rule;
        }
      }
    }
    return null;
  }

  private static boolean holds(StreamRoute.Match match, int port) {
    return (match.port() == 0 || match.port() == port)
        && match.sourceLabels().isEmpty()
        && match.sourceNamespace().isEmpty()
        && (match.gateways().isEmpty() || match.gateways().contains(VirtualService.MESH));
  }
}
