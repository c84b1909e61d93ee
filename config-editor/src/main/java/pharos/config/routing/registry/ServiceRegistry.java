package pharos.config.routing.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.MeshService;
import pharos.config.istio.view.MeshService.Registry;
import pharos.config.istio.view.Origin;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.Cluster.Endpoint;
import pharos.config.routing.effective.Ignored;

/**
 * Every service of a mesh. One snapshot, one registry; it never changes, and endpoints are looked
 * up when asked for.
 */
public final class ServiceRegistry {
  /** The kinds that it is made from. */
  public static final Set<ResourceKey.Kind> READS =
      Set.of(
          Kinds.SERVICE,
          Kinds.SERVICE_ENTRY,
          Kinds.WORKLOAD_ENTRY,
          Kinds.ENDPOINT_SLICE,
          Kinds.ENDPOINTS,
          Kinds.POD,
          Kinds.NODE,
          Kinds.NAMESPACE);

  /** R-ORD-3: by creation, then name, then namespace. */
  private static final Comparator<MeshService> ORDER =
      Comparator.comparingLong(MeshService::created)
          .thenComparing(MeshService::key, CreationTimes::byNameThenNamespace);

  private final List<MeshService> services;
  private final Map<String, List<MeshService>> byHost = new HashMap<>();
  private final Map<String, List<MeshService>> kubernetesByNamespace = new HashMap<>();
  private final Map<String, List<MeshService>> aliases;
  private final List<Ignored> ignored;
  private final ServiceEndpoints endpoints;

  private ServiceRegistry(
      List<MeshService> services, List<Ignored> ignored, ServiceEndpoints endpoints) {
    this.services = List.copyOf(services);
    this.ignored = List.copyOf(ignored);
    this.endpoints = endpoints;
    for (MeshService service : services) {
      byHost.computeIfAbsent(service.host(), _ -> new ArrayList<>()).add(service);
      if (service.registry() == Registry.KUBERNETES) {
        kubernetesByNamespace
            .computeIfAbsent(service.namespace(), _ -> new ArrayList<>())
            .add(service);
      }
    }
    this.aliases = resolveAliases();
  }

  /** The registry of a snapshot. */
  public static ServiceRegistry of(Snapshot resources, MeshConfig mesh) {
    List<MeshService> all = new ArrayList<>();
    for (Resource service : resources.all(Kinds.SERVICE)) {
      all.add(KubernetesServices.read(service, mesh));
    }
    EntryVisibility visibility = new EntryVisibility(resources, mesh);
    for (Resource entry : resources.all(Kinds.SERVICE_ENTRY)) {
      all.addAll(ServiceEntries.read(entry, mesh, visibility));
    }
    all.sort(ORDER);
    List<Ignored> ignored = new ArrayList<>();
    return new ServiceRegistry(
        withoutDoubles(all, ignored), ignored, new ServiceEndpoints(resources));
  }

  /** R-VIS-7: of one host in one namespace the oldest stays; Kubernetes beats a ServiceEntry. */
  private static List<MeshService> withoutDoubles(List<MeshService> all, List<Ignored> ignored) {
    Map<String, MeshService> winners = new LinkedHashMap<>();
    for (MeshService service : all) {
      String id = id(service);
      MeshService winner = winners.get(id);
      if (winner == null) {
        winners.put(id, service);
        continue;
      }
      boolean replaces =
          service.registry() == Registry.KUBERNETES && winner.registry() != Registry.KUBERNETES;
      MeshService stays = replaces ? service : winner;
      MeshService goes = replaces ? winner : service;
      if (replaces) {
        winners.remove(id);
        winners.put(id, service);
      }
      ignored.add(
          new Ignored(
              Origin.of(goes.key()),
              "R-VIS-7",
              "host %s of namespace %s is already that of %s"
                  .formatted(goes.host(), goes.namespace(), stays.key().origin())));
    }
    return List.copyOf(winners.values());
  }

  /** All services, oldest first (R-ORD-3). */
  public List<MeshService> services() {
    return services;
  }

  /** Services with exactly this host, oldest first; there may be one per namespace. */
  public List<MeshService> byHost(String host) {
    return List.copyOf(byHost.getOrDefault(host, List.of()));
  }

  /** The service of a host in a namespace, or null. */
  public @Nullable MeshService find(String host, String namespace) {
    for (MeshService service : byHost.getOrDefault(host, List.of())) {
      if (service.namespace().equals(namespace)) {
        return service;
      }
    }
    return null;
  }

  /** Whether clients of a namespace may know a service (R-VIS-5). */
  public static boolean visible(MeshService service, String namespace) {
    return service.exportTo().contains(Visibility.EVERYWHERE)
        || service.exportTo().contains(namespace);
  }

  /** Kubernetes Services whose selector takes pods with these labels, oldest first (R-GW-6). */
  public List<MeshService> selecting(String namespace, Map<String, String> podLabels) {
    return kubernetesByNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(service ->
            !service.selector().isEmpty()
                && podLabels.entrySet().containsAll(service.selector().entrySet()))
        .toList();
  }

  /** ExternalName Services that stand for a service, also through others (R-OB-26). */
  public List<MeshService> aliasesOf(MeshService service) {
    return aliases.getOrDefault(id(service), List.of());
  }

  /**
   * What is behind a port of a service, all with priority 0. Those that go away are left out; those
   * that are not ready are there and say so (R-DR-55). Equal calls, equal answers.
   */
  public List<Endpoint> endpoints(MeshService service, MeshService.Port port) {
    return endpoints.of(service, port);
  }

  /** Whether the pod of a proxy cannot listen below 1024 (R-GW-7); not without its Pod. */
  public boolean unprivileged(Proxy proxy) {
    return endpoints.unprivileged(proxy);
  }

  /** Services that another one of the same host and namespace hides. */
  public List<Ignored> ignored() {
    return ignored;
  }

  /** The same for a service with some of its ports. */
  private static String id(MeshService service) {
    return service.namespace() + "/" + service.host();
  }

  private Map<String, List<MeshService>> resolveAliases() {
    Map<String, List<MeshService>> found = new HashMap<>();
    for (MeshService service : services) {
      if (service.alias().isEmpty()) {
        continue;
      }
      for (MeshService concrete : byHost.getOrDefault(target(service), List.of())) {
        if (concrete.alias().isEmpty()) {
          found.computeIfAbsent(id(concrete), _ -> new ArrayList<>()).add(service);
        }
      }
    }
    found.replaceAll((_, list) -> List.copyOf(list));
    return Map.copyOf(found);
  }

  /** Follows ExternalNames to a host that is none; a loop leads nowhere. */
  private String target(MeshService alias) {
    Set<String> seen = new LinkedHashSet<>(Set.of(alias.host()));
    String host = alias.alias();
    while (seen.add(host)) {
      String next = "";
      for (MeshService service : byHost.getOrDefault(host, List.of())) {
        if (!service.alias().isEmpty()) {
          next = service.alias();
        }
      }
      if (next.isEmpty()) {
        return host;
      }
      host = next;
    }
    return "";
  }
}
