package pharos.config.check.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** A controller says in the status that it could not do what the object asks (catalog 5.6). */
final class ConditionCheck implements ObjectCheck {
  @Override
  public String name() {
    return "conditions.ConditionAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(
        Kinds.SERVICE,
        Kinds.SERVICE_ENTRY,
        Kinds.WORKLOAD_ENTRY,
        Kinds.AUTHORIZATION_POLICY,
        Kinds.K8S_GATEWAY,
        Kinds.HTTP_ROUTE,
        Kinds.GRPC_ROUTE);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    Kind kind = resource.key().kind();
    Set<String> types = CONDITIONS.getOrDefault(kind, Set.of());
    conditions(resource, kind).forEach(condition -> check(resource, condition, types, report));
  }

  private static final Set<String> BOUND = Set.of("istio.io/WaypointBound");
  private static final Set<String> ACCEPTED = Set.of("Accepted", "Programmed", "ResolvedRefs");
  private static final Map<Kind, Set<String>> CONDITIONS =
      Map.of(
          Kinds.SERVICE, BOUND,
          Kinds.SERVICE_ENTRY, BOUND,
          Kinds.WORKLOAD_ENTRY, BOUND,
          Kinds.AUTHORIZATION_POLICY, Set.of("ZtunnelAccepted", "WaypointAccepted"),
          Kinds.K8S_GATEWAY, ACCEPTED,
          Kinds.HTTP_ROUTE, ACCEPTED,
          Kinds.GRPC_ROUTE, ACCEPTED);

  private static List<Node> conditions(Resource resource, Kind kind) {
    Node status = resource.root().value("status");
    if (!kind.equals(Kinds.HTTP_ROUTE) && !kind.equals(Kinds.GRPC_ROUTE)) {
      return Fields.items(status, "conditions");
    }
    List<Node> conditions = new ArrayList<>();
    Fields.items(status, "parents")
        .forEach(parent -> conditions.addAll(Fields.items(parent, "conditions")));
    return conditions;
  }

  private void check(
      Resource resource, Node condition, Set<String> types, Consumer<Finding> report) {
    String type = Fields.text(condition, "type");
    String reason = Fields.text(condition, "reason");
    boolean negative = types.contains(type) && Fields.text(condition, "status").equals("False");
    boolean partial = type.equals("WaypointAccepted") && reason.equals("PartiallyInvalid");
    if (negative || (partial && resource.key().kind().equals(Kinds.AUTHORIZATION_POLICY))) {
      report.accept(
          Finding.at(
              resource,
              Path.ROOT,
              name(),
              IstioMessage.NEGATIVE_CONDITION_STATUS,
              type,
              reason,
              Fields.text(condition, "message")));
    }
  }
}
