package pharos.config.routing.compile.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.PortProtocol;
import pharos.config.istio.Selectors;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.Origin;
import pharos.config.istio.view.Sidecar;
import pharos.config.istio.view.VirtualService;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.DestinationPolicies.ServicesInScope;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.registry.ServiceRegistry;

/**
 * Answers what each proxy knows; proxies that know the same share one answer. What is not in scope
 * has neither cluster nor rule (R-SC-15).
 */
public final class Scopes {
  private static final Comparator<Sidecar> SIDECAR_ORDER =
      Comparator.comparing((Sidecar one) -> one.selector() == null)
          .thenComparingLong(Sidecar::created)
          .thenComparing(Sidecar::key, CreationTimes::byNameThenNamespace);
  private static final List<String> EVERYTHING = List.of("*/*");

  private final MeshConfig mesh;
  private final ServiceRegistry registry;
  private final VisibleServices services;
  private final VisibleVirtualServices virtualServices;
  private final Map<String, List<Sidecar>> sidecars = new HashMap<>();
  private final Map<Group, SidecarScope> sidecarScopes = new ConcurrentHashMap<>();
  private final Map<String, ServicesInScope> gatewayScopes = new ConcurrentHashMap<>();

  private record Group(String namespace, @Nullable Sidecar sidecar) {}

  /** What is the same for all proxies of a mesh. */
  public Scopes(
      ServiceRegistry registry,
      Collection<VirtualService> roots,
      Collection<Sidecar> sidecars,
      MeshConfig mesh) {
    this.mesh = mesh;
    this.registry = registry;
    this.services = new VisibleServices(registry.services());
    this.virtualServices = new VisibleVirtualServices(roots, mesh);
    sidecars.stream()
        .sorted(SIDECAR_ORDER)
        .forEach(one ->
            this.sidecars.computeIfAbsent(one.key().namespace(), _ -> new ArrayList<>()).add(one));
  }

  /** VirtualServices by gateway and namespace. */
  public VisibleVirtualServices virtualServices() {
    return virtualServices;
  }

  /** What a sidecar knows. */
  public SidecarScope sidecar(Proxy proxy) {
    Sidecar chosen = chosen(proxy);
    return sidecarScopes.computeIfAbsent(
        new Group(proxy.namespace(), chosen), group -> compute(group.namespace(), chosen));
  }

  /** R-SC-1, R-SC-12: what gateways and waypoints of a namespace know. */
  public ServicesInScope gateway(String namespace) {
    return gatewayScopes.computeIfAbsent(
        namespace, _ -> inScope(VisibleServices.onePerHost(services.to(namespace))));
  }

  private static ServicesInScope inScope(List<MeshService> services) {
    Map<String, MeshService> byHost = new HashMap<>();
    services.forEach(service -> byHost.putIfAbsent(service.host(), service));
    return new ServicesInScope() {
      @Override
      public List<MeshService> all() {
        return services;
      }

      @Override
      public @Nullable MeshService find(String host) {
        return byHost.get(host);
      }
    };
  }

  /** R-SC-2, R-SC-3: the Sidecar of a proxy, or null. */
  public @Nullable Sidecar chosen(Proxy proxy) {
    for (Sidecar one : sidecars.getOrDefault(proxy.namespace(), List.of())) {
      if (one.selector() == null || Selectors.matches(one.selector(), proxy.labels())) {
        return one;
      }
    }
    for (Sidecar one : sidecars.getOrDefault(mesh.rootNamespace(), List.of())) {
      if (one.selector() == null) {
        return one;
      }
    }
    return null;
  }

  private SidecarScope compute(String namespace, @Nullable Sidecar sidecar) {
    List<MeshService> visible = services.to(namespace);
    List<VirtualService> bound = virtualServices.onSidecars(namespace);
    List<EgressListener> listeners = new ArrayList<>();
    if (sidecar == null || sidecar.egress().isEmpty()) {
      listeners.add(listener(null, namespace, visible, bound)); // R-SC-4
    } else {
      for (Sidecar.Egress egress : sidecar.egress()) {
        listeners.add(listener(egress, namespace, visible, bound));
      }
    }
    Map<String, MeshService> byHost = inScope(listeners, namespace);
    return new SidecarScope(
        listeners,
        List.copyOf(byHost.values()),
        byHost,
        sidecar == null || sidecar.outboundPolicy() == null
            ? mesh.outboundPolicy()
            : sidecar.outboundPolicy(),
        sidecar == null ? null : sidecar.egressProxy(),
        sidecar == null ? List.of() : notImported(sidecar, listeners, bound));
  }

  private static EgressListener listener(
      Sidecar.@Nullable Egress egress,
      String namespace,
      List<MeshService> visible,
      List<VirtualService> bound) {
    ImportedHosts hosts =
        new ImportedHosts(egress == null ? EVERYTHING : egress.hosts(), namespace);
    List<MeshService> imported = new ArrayList<>();
    for (MeshService service : visible) {
      MeshService trimmed = hosts.imports(service) ? trim(service, egress) : null;
      if (trimmed != null) {
        imported.add(trimmed);
      }
    }
    return new EgressListener(
        egress,
        VisibleServices.onePerHost(imported, namespace),
        new ScopedVirtualServices(bound.stream().filter(hosts::imports).toList()));
  }

  /** R-SC-7. */
  private static @Nullable MeshService trim(MeshService service, Sidecar.@Nullable Egress egress) {
    Sidecar.Port port = egress == null ? null : egress.port();
    // A socket has no port that a service could have.
    if (port == null
        || port.number() == 0
        || PortProtocol.parse(port.protocol()) == PortProtocol.HTTP_PROXY) {
      return service;
    }
    MeshService.Port own = service.port(port.number());
    return own == null ? null : service.withPorts(List.of(own));
  }

  private Map<String, MeshService> inScope(List<EgressListener> listeners, String namespace) {
    Map<String, MeshService> byHost = new LinkedHashMap<>();
    ImplicitImports implicit = new ImplicitImports(registry, namespace);
    for (EgressListener listener : listeners) {
      listener
          .services()
          .forEach(service -> byHost.merge(service.host(), service, Scopes::mergePorts));
      listener.virtualServices().all().forEach(implicit::want);
    }
    for (MeshService service : implicit.services(Set.copyOf(byHost.keySet()))) {
      byHost.put(service.host(), service);
    }
    return byHost;
  }

  /** R-SC-14. */
  private static MeshService mergePorts(MeshService first, MeshService second) {
    if (!first.withPorts(List.of()).equals(second.withPorts(List.of()))
        || first.ports().containsAll(second.ports())) {
      return first;
    }
    List<MeshService.Port> ports = new ArrayList<>(first.ports());
    second.ports().stream().filter(port -> !ports.contains(port)).forEach(ports::add);
    return first.withPorts(ports);
  }

  private static List<Ignored> notImported(
      Sidecar sidecar, List<EgressListener> listeners, List<VirtualService> bound) {
    Set<VirtualService> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    listeners.forEach(listener -> imported.addAll(listener.virtualServices().all()));
    List<Ignored> ignored = new ArrayList<>();
    for (VirtualService one : bound) {
      if (!imported.contains(one)) {
        ignored.add(
            new Ignored(
                Origin.of(one.key()),
                "R-SC-9",
                "is not imported by %s".formatted(sidecar.key().origin()),
                one.hosts()));
      }
    }
    return ignored;
  }
}
