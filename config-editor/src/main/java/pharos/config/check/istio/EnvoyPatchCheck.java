package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** EnvoyFilter patches that Envoy will not apply, or that depend on their order (catalog 5.12). */
final class EnvoyPatchCheck implements Check {
  @Override
  public String name() {
    return "envoyfilter.EnvoyPatchAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.ENVOY_FILTER);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> report) {
    List<String> versioned = new ArrayList<>();
    for (Resource filter : mesh.all(Kinds.ENVOY_FILTER)) {
      List<Node> patches = Fields.items(filter.spec(), "configPatches");
      for (int i = 0; i < patches.size(); i++) {
        Node patch = Fields.node(patches.get(i), "patch");
        if (patch == null) {
          break;
        }
        check(filter, i, patches.get(i), versioned, report);
        if (!Fields.text(patches.get(i), "match", "proxy", "proxyVersion").isEmpty()) {
          versioned.add(patchName(patches.get(i)));
        }
      }
    }
  }

  private static final Set<String> WHOLE_ROUTES = Set.of("ROUTE_CONFIGURATION", "HTTP_ROUTE");
  private static final Set<String> REPLACEABLE =
      Set.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST");

  private void check(
      Resource filter,
      int index,
      Node configPatch,
      List<String> versioned,
      Consumer<Finding> report) {
    String applyTo = Fields.text(configPatch, "applyTo");
    Path path = Path.of("spec", "configPatches", index, "patch", "value");
    IstioMessage relative =
        versioned.contains(patchName(configPatch))
            ? IstioMessage.ENVOY_FILTER_USES_RELATIVE_OPERATION_WITH_PROXY_VERSION
            : IstioMessage.ENVOY_FILTER_USES_RELATIVE_OPERATION;
    IstioMessage message =
        switch (Fields.text(configPatch, "patch", "operation")) {
          case "ADD" ->
              WHOLE_ROUTES.contains(applyTo)
                  ? IstioMessage.ENVOY_FILTER_USES_ADD_OPERATION_INCORRECTLY
                  : null;
          case "REMOVE" ->
              WHOLE_ROUTES.contains(applyTo)
                  ? IstioMessage.ENVOY_FILTER_USES_REMOVE_OPERATION_INCORRECTLY
                  : relative;
          case "REPLACE" ->
              REPLACEABLE.contains(applyTo)
                  ? relative
                  : IstioMessage.ENVOY_FILTER_USES_REPLACE_OPERATION_INCORRECTLY;
          case "INSERT_BEFORE", "INSERT_AFTER" -> relative;
          default -> null;
        };
    if (message == null || (message == relative && Fields.number(filter.spec(), "priority") != 0)) {
      return;
    }
    report.accept(Finding.at(filter, path, name(), message));
  }

  private static String patchName(Node configPatch) {
    Node value = Fields.node(configPatch, "patch", "value");
    if (Fields.has(value, "name")) {
      return Fields.text(value, "name");
    }
    return value instanceof Node.Mapping
        ? Fields.text(configPatch, "match", "listener", "filterChain", "filter", "name")
        : "";
  }
}
