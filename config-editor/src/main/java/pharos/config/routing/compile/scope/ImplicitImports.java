package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.istio.view.StreamRoute;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.registry.ServiceRegistry;

/** Destinations that come into scope because an imported VirtualService names them (R-SC-13). */
final class ImplicitImports {
  private final ServiceRegistry registry;
  private final String namespace;
  private final Map<String, Set<Integer>> wanted = new LinkedHashMap<>();

  ImplicitImports(ServiceRegistry registry, String namespace) {
    this.registry = registry;
    this.namespace = namespace;
  }

  /** Notes the destinations of a VirtualService that this namespace's clients can use. */
  void want(VirtualService one) {
    for (HttpRoute rule : one.http()) {
      if (possible(rule.match(), match -> match.sourceNamespace())) {
        rule.route().forEach(share -> want(share.destination()));
        if (rule.mirror() != null) {
          want(rule.mirror());
        }
        rule.mirrors().forEach(mirror -> want(mirror.destination()));
      }
    }
    one.tls().forEach(this::want);
    one.tcp().forEach(this::want);
  }

  private void want(StreamRoute rule) {
    if (possible(rule.match(), match -> match.sourceNamespace())) {
      rule.route().forEach(share -> want(share.destination()));
    }
  }

  private void want(Destination destination) {
    wanted.computeIfAbsent(destination.host(), _ -> new HashSet<>()).add(destination.port());
  }

  private <T> boolean possible(
      List<T> matches, java.util.function.Function<T, String> sourceNamespace) {
    Predicate<T> ours =
        match ->
            sourceNamespace.apply(match).isEmpty()
                || sourceNamespace.apply(match).equals(namespace);
    return matches.isEmpty() || matches.stream().anyMatch(ours);
  }

  /** The services, for hosts that are not in scope yet. */
  List<MeshService> services(Set<String> inScope) {
    List<MeshService> services = new ArrayList<>();
    wanted.forEach((host, ports) -> {
      MeshService service = inScope.contains(host) ? null : choose(host);
      if (service != null) {
        List<MeshService.Port> named =
            service.ports().stream().filter(port -> ports.contains(port.number())).toList();
        if (ports.contains(0) || named.size() == service.ports().size()) {
          services.add(service);
        } else if (!named.isEmpty()) {
          services.add(service.withPorts(named));
        }
      }
    });
    return services;
  }

  /** The client's own namespace, else a visible Kubernetes Service, else the oldest visible. */
  private @Nullable MeshService choose(String host) {
    MeshService best = null;
    for (MeshService service : registry.byHost(host)) {
      if (service.namespace().equals(namespace)) {
        return service;
      }
      if (ServiceRegistry.visible(service, namespace)
          && (best == null
              || (best.registry() != Registry.KUBERNETES
                  && service.registry() == Registry.KUBERNETES))) {
        best = service;
      }
    }
    return best;
  }
}
