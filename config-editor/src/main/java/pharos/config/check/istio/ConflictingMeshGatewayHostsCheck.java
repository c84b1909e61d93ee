package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.Hosts;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/** Several VirtualServices claim one host inside the mesh (catalog 5.28). */
final class ConflictingMeshGatewayHostsCheck implements Check {
  @Override
  public String name() {
    return "virtualservice.ConflictingMeshGatewayHostsAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<ScopedHost, List<Resource>> claims = new LinkedHashMap<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      List<String> gateways = Fields.texts(service.spec(), "gateways");
      if (!gateways.isEmpty() && !gateways.contains("mesh")) {
        continue;
      }
      String namespace = service.key().namespace();
      Set<String> scopes = Visibility.scopes(Fields.texts(service.spec(), "exportTo"), namespace);
      for (String host : Fields.texts(service.spec(), "hosts")) {
        for (String scope : scopes) {
          claims
              .computeIfAbsent(
                  new ScopedHost(scope, Hosts.fullName(host, namespace)), _ -> new ArrayList<>())
              .add(service);
        }
      }
    }
    Set<ResourceKey> reported = new HashSet<>();
    Everywhere everywhere = new Everywhere(claims);
    claims.forEach((key, own) -> check(key, own, everywhere, reported, report));
  }

  private record ScopedHost(String scope, String host) {}

  /** The claims that are seen in every namespace, by host. */
  private static final class Everywhere {
    private final Map<String, List<Resource>> byHost = new LinkedHashMap<>();
    private final List<String> wildcards = new ArrayList<>();

    Everywhere(Map<ScopedHost, List<Resource>> claims) {
      claims.forEach((key, services) -> {
        if (key.scope().equals(Visibility.EVERYWHERE)) {
          byHost.put(key.host(), services);
          if (key.host().startsWith("*")) {
            wildcards.add(key.host());
          }
        }
      });
    }

    List<Resource> overlapping(String host) {
      List<Resource> services = new ArrayList<>();
      boolean wild = host.startsWith("*");
      if (!wild) {
        services.addAll(byHost.getOrDefault(host, List.of()));
      }
      for (String other : wild ? byHost.keySet() : wildcards) {
        if (Hosts.overlap(other, host)) {
          services.addAll(byHost.getOrDefault(other, List.of()));
        }
      }
      return services;
    }
  }

  private void check(
      ScopedHost key,
      List<Resource> own,
      Everywhere everywhere,
      Set<ResourceKey> reported,
      Consumer<Finding> report) {
    List<Resource> rivals = new ArrayList<>(own);
    if (!key.scope().equals(Visibility.EVERYWHERE)) {
      rivals.addAll(everywhere.overlapping(key.host()));
    }
    if (rivals.size() < 2) {
      return;
    }
    String names =
        rivals.stream()
            .map(service -> service.key().namespace() + "/" + service.key().name())
            .sorted()
            .collect(Collectors.joining(","));
    for (Resource service : rivals) {
      if (reported.add(service.key())) {
        report.accept(
            Finding.at(
                service,
                Path.of("metadata", "name"),
                name(),
                IstioMessage.CONFLICTING_MESH_GATEWAY_VIRTUAL_SERVICE_HOSTS,
                names,
                key.scope() + "/" + key.host()));
      }
    }
  }
}
