package pharos.config.check.traffic.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.Visibility;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.VirtualService;
import pharos.config.check.traffic.Views;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Rule;
import pharos.config.check.traffic.Bindings;

/** Which of several VirtualServices for a host sidecars use, and why (R-VS-8, R-SC-10). */
final class MeshHostOwnerCheck implements Check {
  @Override
  public String name() {
    return "traffic.MeshHostOwnerCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.VIRTUAL_SERVICE, Kinds.SIDECAR);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Map<String, List<Resource>> claims = new LinkedHashMap<>();
    for (Resource service : mesh.all(Kinds.VIRTUAL_SERVICE)) {
      if (Bindings.onMesh(service) && !Rule.http(service).isEmpty()) {
        new LinkedHashSet<>(Bindings.hosts(service))
            .forEach(host -> claims.computeIfAbsent(host, _ -> new ArrayList<>()).add(service));
      }
    }
    Report report = new Report(name(), findings);
    // A Sidecar resource may import one namespace's VirtualServices and not another's (R-SC-9).
    boolean allImported = mesh.all(Kinds.SIDECAR).isEmpty();
    claims.forEach((host, services) -> {
      if (services.size() > 1) {
        List<Claim> byAge =
            services.stream()
                .sorted(CreationTimes.ORDER)
                .map(service -> new Claim(service, Bindings.scopes(service, mesh.mesh())))
                .toList();
        for (int i = 0; i < byAge.size(); i++) {
          judge(host, byAge, i, allImported, mesh, report);
        }
      }
    });
  }

  /** One of the VirtualServices for a host, and the namespaces that see it. */
  private record Claim(Resource service, Set<String> scopes) {
    boolean seenEverywhere() {
      return scopes.contains(Visibility.EVERYWHERE);
    }

    boolean sameNamespace(Claim other) {
      return service.key().namespace().equals(other.service.key().namespace());
    }
  }

  private static void judge(
      String host,
      List<Claim> byAge,
      int index,
      boolean allImported,
      MeshView mesh,
      Report report) {
    Claim loser = byAge.get(index);
    for (int i = 0; i < byAge.size(); i++) {
      Claim winner = byAge.get(i);
      if (i == index
          || !(allImported || winner.sameNamespace(loser))
          || !takesEverything(winner.service(), mesh)) {
        continue;
      }
      boolean sameGroup =
          winner.seenEverywhere()
              ? loser.seenEverywhere()
              : winner.scopes().equals(loser.scopes()) && winner.sameNamespace(loser);
      if (sameGroup && i < index) {
        say(host, loser, winner, "", age(winner.service(), loser.service()), report);
        return;
      }
      if (loser.seenEverywhere() && !winner.seenEverywhere()) {
        say(
            host,
            loser,
            winner,
            " in namespace " + String.join(", ", winner.scopes()),
            "it is exported to them in particular, and that counts more than age",
            report);
        return;
      }
    }
  }

  /** A winner that some proxies have no rule of leaves those to the next one (R-VS-9). */
  private static boolean takesEverything(Resource service, MeshView mesh) {
    VirtualService view = Views.of(service, mesh.mesh());
    return view.http().stream()
        .filter(rule -> rule.delegate() == null)
        .anyMatch(rule ->
            rule.match().isEmpty()
                || rule.match().stream().anyMatch(MeshHostOwnerCheck::onEverySidecar));
  }

  private static boolean onEverySidecar(HttpMatch match) {
    return match.port() == 0
        && (match.gateways().isEmpty()
            ? match.sourceLabels().isEmpty() && match.sourceNamespace().isEmpty()
            : match.gateways().contains(VirtualService.MESH));
  }

  private static String age(Resource winner, Resource loser) {
    if (CreationTimes.seconds(winner) == CreationTimes.seconds(loser)) {
      return "both are of the same age, so the names decide";
    }
    String created = winner.creationTimestamp();
    return created.isEmpty()
        ? "it has no creation time, which counts as oldest"
        : "it is older (created " + created + ")";
  }

  private static void say(
      String host, Claim loser, Claim winner, String where, String reason, Report report) {
    report.at(
        loser.service(),
        Path.of("spec", "hosts", Bindings.hosts(loser.service()).indexOf(host)),
        BindingMessage.VIRTUAL_SERVICE_LOSES,
        host,
        where,
        Bindings.nameOf(winner.service()),
        reason);
  }
}
