package pharos.config.check.traffic.gatewayapi;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.check.traffic.Report;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Application protocols that Istio does not know, so that it guesses (R-OB-2). */
final class AppProtocolCheck implements ObjectCheck {
  /** Between proxies of the ambient mode; no application speaks it. */
  private static final String TUNNEL = "hbone";

  @Override
  public String name() {
    return "traffic.AppProtocolCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> findings) {
    List<Node> ports = Fields.items(service.spec(), "ports");
    for (int i = 0; i < ports.size(); i++) {
      Node port = ports.get(i);
      String protocol = Fields.text(port, "appProtocol");
      boolean guessed =
          !protocol.isEmpty()
              && !protocol.equals(TUNNEL)
              && PortProtocol.of(
                      Fields.number(port, "port"),
                      Fields.text(port, "name"),
                      Fields.text(port, "protocol"),
                      protocol)
                  == PortProtocol.UNSUPPORTED;
      if (guessed) {
        new Report(name(), findings)
            .at(
                service,
                Path.of("spec", "ports", i, "appProtocol"),
                GatewayApiMessage.APP_PROTOCOL_UNKNOWN,
                protocol);
      }
    }
  }
}
