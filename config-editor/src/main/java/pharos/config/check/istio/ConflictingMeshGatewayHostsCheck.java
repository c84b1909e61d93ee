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
    claims.forEach((key, own) -> check(key, own, claims, reported, report));
  }

  private record ScopedHost(String scope, String host) {}

  private void check(
      ScopedHost key,
      List<Resource> own,
      Map<ScopedHost, List<Resource>> claims,
      Set<ResourceKey> reported,
      Consumer<Finding> report) {
    List<Resource> rivals = new ArrayList<>(own);
    if (!key.scope().equals(Visibility.EVERYWHERE)) {
      claims.forEach((other, services) -> {
        if (other.scope().equals(Visibility.EVERYWHERE)
            && Hosts.overlap(other.host(), key.host())) {
          rivals.addAll(services);
        }
      });
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
