package pharos.config.routing.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.compile.gateway.GatewayConfigs;
import pharos.config.routing.compile.inbound.InboundConfigs;
import pharos.config.routing.compile.scope.Scopes;
import pharos.config.routing.compile.sidecar.SidecarConfigs;
import pharos.config.routing.effective.EffectiveConfig;
import pharos.config.routing.effective.Ignored;
import pharos.config.routing.registry.ServiceRegistry;
import pharos.config.routing.waypoint.WaypointBindings;
import pharos.config.routing.waypoint.WaypointConfigs;

/**
 * The routing of a mesh: from its resources to what each of its proxies is told. What is the same
 * for all proxies is made here once; proxies that nothing tells apart share a configuration.
 * Sidecars and gateways route by themselves, also to services that have a waypoint (R-AMB-3). Safe
 * for use by several threads.
 */
public final class MeshRouting {
  private final Snapshot resources;
  private final MeshConfig mesh;
  private final PolicySource policySource;
  private final MeshViews views;
  private final ServiceRegistry registry;
  private final DestinationPolicies policies;
  private final Scopes scopes;
  private final Supplier<ProxyGroups> groups;
  private final Supplier<WaypointBindings> waypoints;
  private final Map<Proxy, EffectiveConfig> made = new ConcurrentHashMap<>();

  private MeshRouting(
      Snapshot resources,
      MeshConfig mesh,
      PolicySource policySource,
      MeshViews views,
      ServiceRegistry registry) {
    this.resources = resources;
    this.mesh = mesh;
    this.policySource = policySource;
    this.views = views;
    this.registry = registry;
    this.policies = policySource.of(resources, registry, mesh);
    this.scopes = new Scopes(registry, views.roots(), views.sidecars(), mesh);
    this.groups = new Once<>(() -> ProxyGroups.of(views, registry, policies));
    this.waypoints = new Once<>(() -> WaypointBindings.of(resources, registry.services()));
  }

  /** The routing of a snapshot. */
  public static MeshRouting of(Snapshot resources, MeshConfig mesh, PolicySource policies) {
    return new MeshRouting(
        resources,
        mesh,
        policies,
        MeshViews.of(resources, mesh),
        ServiceRegistry.of(resources, mesh));
  }

  /**
   * The routing of a snapshot that an edit of this one's leads to (R-ORD-5). What the edit does not
   * touch is not made again.
   */
  public MeshRouting with(Snapshot edited) {
    Set<ResourceKey.Kind> differ = edited.kindsThatDiffer(resources);
    if (differ.isEmpty()) {
      return this;
    }
    Snapshot dated = ProposedAges.dated(edited, resources);
    return new MeshRouting(
        dated,
        mesh,
        policySource,
        views.with(dated, mesh),
        Collections.disjoint(differ, ServiceRegistry.READS)
            ? registry
            : ServiceRegistry.of(dated, mesh));
  }

  /** What a proxy is told. Equal calls give the same instance. */
  public EffectiveConfig effective(Proxy proxy) {
    Proxy group = group(proxy);
    EffectiveConfig known = made.get(group);
    if (known != null) {
      return known;
    }
    EffectiveConfig built = withCommonIgnored(build(group));
    EffectiveConfig other = made.putIfAbsent(group, built);
    return other == null ? built : other;
  }

  /** What a sidecar is told about calls to its own pod. */
  public EffectiveConfig inbound(Proxy proxy) {
    return InboundConfigs.of(proxy, scopes, registry, policies, mesh);
  }

  private Proxy group(Proxy proxy) {
    return switch (proxy.kind()) {
      case SIDECAR, GATEWAY -> groups.get().of(proxy);
      case WAYPOINT -> proxy;
    };
  }

  private EffectiveConfig build(Proxy proxy) {
    return switch (proxy.kind()) {
      case SIDECAR -> SidecarConfigs.of(proxy, scopes, registry, policies, mesh);
      case GATEWAY ->
          GatewayConfigs.of(
              proxy, scopes, views.gateways(), views.managed(), registry, policies, mesh);
      case WAYPOINT -> WaypointConfigs.of(proxy, waypoints.get(), scopes, policies, mesh);
    };
  }

  private EffectiveConfig withCommonIgnored(EffectiveConfig config) {
    return new EffectiveConfig(
        config.proxy(),
        config.listeners(),
        config.routes(),
        config.clusters(),
        () -> {
          List<Ignored> all = new ArrayList<>(config.ignored().all());
          all.addAll(views.ignored());
          all.addAll(registry.ignored());
          all.sort(
              Comparator.comparing((Ignored one) -> one.origin().object())
                  .thenComparing(one -> one.origin().path().toString())
                  .thenComparing(Ignored::rule)
                  .thenComparing(Ignored::reason));
          return all;
        },
        config.addresses());
  }

  /** The services of the mesh. */
  public ServiceRegistry services() {
    return registry;
  }

  /** The snapshot that this is the routing of. */
  public Snapshot resources() {
    return resources;
  }
}
