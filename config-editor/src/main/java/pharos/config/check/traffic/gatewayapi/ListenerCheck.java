package pharos.config.check.traffic.gatewayapi;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;

/** Listeners of one Kubernetes Gateway that are equal. */
final class ListenerCheck implements ObjectCheck {
  @Override
  public String name() {
    return "traffic.ListenerCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.K8S_GATEWAY);
  }

  @Override
  public void check(Resource gateway, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    Map<String, String> first = new HashMap<>();
    List<Node> listeners = Fields.items(gateway.spec(), "listeners");
    for (int i = 0; i < listeners.size(); i++) {
      Node listener = listeners.get(i);
      String name = Fields.text(listener, "name");
      String same =
          Fields.number(listener, "port")
              + "|"
              + Fields.text(listener, "protocol")
              + "|"
              + Fields.text(listener, "hostname").toLowerCase(Locale.ROOT);
      String earlier = first.putIfAbsent(same, name);
      if (earlier != null) {
        report.at(
            gateway,
            Path.of("spec", "listeners", i, "name"),
            GatewayApiMessage.LISTENERS_EQUAL,
            name,
            earlier);
      }
    }
  }
}
