package pharos.config.routing.compile.http;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.HttpMatch;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.http.RouteContext.Refusal;

/**
 * Static predicates on sidecars and gateways (R-HTTP-2, R-VS-5). They only ever take away: whether
 * the VirtualService is for a gateway at all is decided before (R-VS-3).
 *
 * @param gateway in use: {@code mesh} on sidecars, {@code namespace/name} on gateways
 * @param port the listener port
 */
public record ProxySources(Proxy proxy, String gateway, int port) implements RouteContext.Sources {

  @Override
  public @Nullable Refusal refusal(HttpMatch match) {
    if (match.port() != 0 && match.port() != port) {
      return new Refusal("R-HTTP-2", "is for port %d, not %d".formatted(match.port(), port));
    }
    if (!match.gateways().isEmpty()) {
      // R-VS-5: sourceLabels and sourceNamespace are not looked at then.
      return match.gateways().contains(gateway)
          ? null
          : new Refusal(
              "R-VS-5",
              "is for gateways %s, not %s".formatted(String.join(", ", match.gateways()), gateway));
    }
    if (!Selectors.matches(match.sourceLabels(), proxy.labels())) {
      // R-VS-7: on a gateway the gateway pod's own labels count.
      return new Refusal(
          "R-VS-5",
          "is for callers with labels %s".formatted(Selectors.text(match.sourceLabels())));
    }
    return match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(proxy.namespace())
        ? null
        : new Refusal(
            "R-VS-5",
            "is for callers of namespace %s, not %s"
                .formatted(match.sourceNamespace(), proxy.namespace()));
  }
}
