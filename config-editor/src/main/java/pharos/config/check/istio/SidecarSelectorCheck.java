package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Pods;
import pharos.config.istio.Selectors;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.ResourceKey.Kind;

/** Sidecars that select nothing, compete, or have no effect (catalog 5.25). */
final class SidecarSelectorCheck implements Check {
  @Override
  public String name() {
    return "sidecar.SelectorAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SIDECAR, Kinds.POD, Kinds.NAMESPACE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Map<String, List<Resource>> withSelector = new TreeMap<>();
    Map<String, List<Resource>> without = new TreeMap<>();
    for (Resource sidecar : mesh.all(Kinds.SIDECAR)) {
      (selector(sidecar).isEmpty() ? without : withSelector)
          .computeIfAbsent(sidecar.key().namespace(), _ -> new ArrayList<>())
          .add(sidecar);
    }
    Set<ResourceKey> ineffective = new HashSet<>();
    withSelector.forEach(
        (namespace, sidecars) -> checkSelectors(namespace, sidecars, mesh, ineffective, report));
    without.forEach(
        (namespace, sidecars) -> checkDefaults(namespace, sidecars, mesh, ineffective, report));
  }

  private static Map<String, String> selector(Resource sidecar) {
    return Fields.map(sidecar.spec(), "workloadSelector", "labels");
  }

  private void checkSelectors(
      String namespace,
      List<Resource> sidecars,
      MeshView mesh,
      Set<ResourceKey> ineffective,
      Consumer<Finding> report) {
    Map<ResourceKey, List<Resource>> byPod = new LinkedHashMap<>();
    for (Resource sidecar : sidecars) {
      List<Resource> pods = mesh.index(Pods.INDEX).matching(namespace, selector(sidecar)).toList();
      pods.forEach(pod -> byPod.computeIfAbsent(pod.key(), _ -> new ArrayList<>()).add(sidecar));
      if (pods.isEmpty()) {
        report.accept(
            Finding.at(
                sidecar,
                Path.of(
                    "spec",
                    "workloadSelector",
                    "labels",
                    new TreeMap<>(selector(sidecar)).firstKey()),
                name(),
                IstioMessage.REFERENCED_RESOURCE_NOT_FOUND,
                "selector",
                Selectors.text(selector(sidecar))));
      }
    }
    byPod.forEach((key, selecting) -> {
      Resource pod = Objects.requireNonNull(mesh.resources().get(key));
      for (Resource sidecar : selecting) {
        if (MeshMembership.ambientPod(pod)) {
          noImpact(sidecar, "selected workload is in ambient mode", ineffective, report);
        } else if (selecting.size() > 1) {
          report.accept(
              Finding.at(
                  sidecar,
                  Path.of("metadata", "name"),
                  name(),
                  IstioMessage.CONFLICTING_SIDECAR_WORKLOAD_SELECTORS,
                  names(selecting),
                  namespace,
                  pod.key().name()));
        }
      }
    });
  }

  private void checkDefaults(
      String namespace,
      List<Resource> sidecars,
      MeshView mesh,
      Set<ResourceKey> ineffective,
      Consumer<Finding> report) {
    boolean ambient = MeshMembership.ambientNamespace(mesh.find(Kinds.NAMESPACE, "", namespace));
    for (Resource sidecar : sidecars) {
      if (ambient) {
        noImpact(sidecar, "namespace is in ambient mode", ineffective, report);
      } else if (sidecars.size() > 1) {
        report.accept(
            Finding.at(
                sidecar,
                Path.of("metadata", "name"),
                name(),
                IstioMessage.MULTIPLE_SIDECARS_WITHOUT_WORKLOAD_SELECTORS,
                names(sidecars),
                namespace));
      }
    }
  }

  private static List<String> names(List<Resource> sidecars) {
    return sidecars.stream().map(sidecar -> sidecar.key().name()).sorted().toList();
  }

  private void noImpact(
      Resource sidecar, String reason, Set<ResourceKey> ineffective, Consumer<Finding> report) {
    if (ineffective.add(sidecar.key())) {
      report.accept(
          Finding.at(
              sidecar,
              Path.ROOT,
              name(),
              IstioMessage.INEFFECTIVE_POLICY,
              reason + ", the policy has no impact"));
    }
  }
}
