package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Namespaces that inject no proxy, and Pods that lack theirs (catalog 5.17). */
final class InjectionCheck implements Check {
  @Override
  public String name() {
    return "injection.Analyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.NAMESPACE, Kinds.POD, Kinds.CONFIG_MAP);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    Set<String> injected = new HashSet<>();
    // The flag keeps its value for the next namespaces, as upstream.
    boolean enabledByDefault = false;
    for (Resource namespace : mesh.all(Kinds.NAMESPACE)) {
      if (namespace.key().name().equals("istio-system")) {
        continue;
      }
      enabledByDefault = InjectorConfig.enabledByDefault(namespace, mesh, enabledByDefault);
      if (checkNamespace(namespace, enabledByDefault, report)) {
        injected.add(namespace.key().name());
      }
    }
    for (Resource pod : mesh.all(Kinds.POD)) {
      if (injected.contains(pod.key().namespace())) {
        checkPod(pod, report);
      }
    }
  }

  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";
  private static final String MODE = "istio.io/dataplane-mode";
  private static final String INJECT = "sidecar.istio.io/inject";

  /** Whether the Pods of the namespace must have a proxy. */
  private boolean checkNamespace(
      Resource namespace, boolean enabledByDefault, Consumer<Finding> report) {
    Map<String, String> labels = namespace.labels();
    String injection = labels.getOrDefault(INJECTION, "");
    List<String> chosen = new ArrayList<>();
    if (labels.containsKey(INJECTION)) {
      chosen.add(INJECTION + "=" + injection);
    }
    if (!labels.containsKey(INJECTION) || injection.equals("enabled")) {
      for (String label : List.of(REVISION, MODE)) {
        if (labels.containsKey(label)) {
          chosen.add(label + "=" + labels.get(label));
        }
      }
    }
    if (chosen.size() > 1) {
      report.accept(
          Finding.at(
              namespace,
              Path.of("metadata", "labels"),
              name(),
              IstioMessage.NAMESPACE_MULTIPLE_INJECTION_LABELS,
              chosen));
    }
    if ("ambient".equals(labels.get(MODE))) {
      return false;
    }
    if (injection.isEmpty() && !labels.containsKey(REVISION)) {
      String name = namespace.key().name();
      Path path = Path.of("metadata", "name");
      report.accept(
          enabledByDefault
              ? Finding.at(
                  namespace, path, name(), IstioMessage.NAMESPACE_INJECTION_ENABLED_BY_DEFAULT)
              : Finding.at(
                  namespace, path, name(), IstioMessage.NAMESPACE_NOT_INJECTED, name, name));
      return false;
    }
    return injection.equals("enabled");
  }

  private void checkPod(Resource pod, Consumer<Finding> report) {
    String wish = pod.labels().getOrDefault(INJECT, pod.annotations().getOrDefault(INJECT, ""));
    if (wish.equalsIgnoreCase("false") || Fields.flag(pod.spec(), "hostNetwork")) {
      return;
    }
    List<Node> containers = new ArrayList<>(Fields.items(pod.spec(), "containers"));
    containers.addAll(Fields.items(pod.spec(), "initContainers"));
    if (MeshMembership.proxyImage(containers) == null) {
      report.accept(
          Finding.at(
              pod,
              Path.ROOT,
              name(),
              IstioMessage.POD_MISSING_PROXY,
              pod.key().namespace() + "/" + pod.key().name()));
    }
  }
}
