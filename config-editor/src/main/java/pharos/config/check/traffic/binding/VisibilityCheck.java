package pharos.config.check.traffic.binding;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.Visibility;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;
import pharos.config.check.traffic.Bindings;

/** {@code exportTo} that hides an object where it is needed (R-VIS-2, R-DR-2). */
final class VisibilityCheck implements Check {
  @Override
  public String name() {
    return "traffic.VisibilityCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.VIRTUAL_SERVICE, Kinds.DESTINATION_RULE, Kinds.SERVICE_ENTRY, Kinds.NAMESPACE);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Kind kind : List.of(Kinds.VIRTUAL_SERVICE, Kinds.DESTINATION_RULE, Kinds.SERVICE_ENTRY)) {
      for (Resource object : mesh.all(kind)) {
        List<String> exportTo = Fields.texts(object.spec(), "exportTo");
        if (!exportTo.isEmpty()) {
          ownNamespace(object, exportTo, report);
          unknown(object, exportTo, mesh, report);
        }
      }
    }
  }

  private static void ownNamespace(Resource object, List<String> exportTo, Report report) {
    Set<String> scopes = Visibility.scopes(exportTo, object.key().namespace());
    boolean hidden =
        !scopes.contains(Visibility.EVERYWHERE)
            && !scopes.contains("~")
            && !scopes.contains(object.key().namespace());
    // One that only serves gateways is seen from their namespace, delegates from their roots'.
    boolean elsewhere =
        object.key().kind().equals(Kinds.VIRTUAL_SERVICE)
            && (!Bindings.onMesh(object) || Bindings.isDelegate(object));
    if (hidden && !elsewhere && !object.key().kind().equals(Kinds.SERVICE_ENTRY)) {
      report.atKey(
          object,
          Path.of("spec", "exportTo"),
          BindingMessage.HIDDEN_FROM_OWN_NAMESPACE,
          object.key().namespace(),
          object.key().kind().name());
    }
  }

  /** Only where all namespaces are known: some are, and the object's own is among them. */
  private static void unknown(
      Resource object, List<String> exportTo, MeshView mesh, Report report) {
    if (mesh.find(Kinds.NAMESPACE, "", object.key().namespace()) == null) {
      return;
    }
    for (int i = 0; i < exportTo.size(); i++) {
      String scope = exportTo.get(i);
      boolean named = !scope.equals(".") && !scope.equals("*") && !scope.equals("~");
      if (named && mesh.find(Kinds.NAMESPACE, "", scope) == null) {
        report.at(
            object,
            Path.of("spec", "exportTo", i),
            BindingMessage.EXPORT_TO_UNKNOWN_NAMESPACE,
            scope);
      }
    }
  }
}
