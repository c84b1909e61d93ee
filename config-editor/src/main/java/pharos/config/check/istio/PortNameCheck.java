package pharos.config.check.istio;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.PortProtocol;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;

/** Service ports whose protocol Istio cannot tell (catalog 5.24). */
final class PortNameCheck implements ObjectCheck {
  @Override
  public String name() {
    return "service.PortNameAnalyzer";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE);
  }

  @Override
  public void check(Resource service, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    boolean managed =
        CONTROLLERS.contains(service.labels().getOrDefault("gateway.istio.io/managed", ""));
    if (managed || MeshMembership.controlPlane(service)) {
      return;
    }
    boolean external = Fields.text(service.spec(), "type").equals("ExternalName");
    List<Node> ports = Fields.items(service.spec(), "ports");
    for (int i = 0; i < ports.size(); i++) {
      check(service, i, ports.get(i), external, report);
    }
  }

  private static final Set<String> CONTROLLERS =
      Set.of(
          "istio.io-gateway-controller",
          "istio.io-mesh-controller",
          "istio.io-eastwest-controller");

  private void check(
      Resource service, int index, Node port, boolean external, Consumer<Finding> report) {
    String portName = Fields.text(port, "name");
    long number = Fields.number(port, "port");
    PortProtocol protocol =
        PortProtocol.of(
            number, portName, Fields.text(port, "protocol"), Fields.text(port, "appProtocol"));
    if (protocol != PortProtocol.UNSUPPORTED && !(external && portName.equals("tcp"))) {
      return;
    }
    Path path = Path.of("spec", "ports", index, "port");
    String target = Fields.text(port, "targetPort");
    report.accept(
        external
            ? Finding.at(
                service, path, name(), IstioMessage.EXTERNAL_NAME_SERVICE_TYPE_INVALID_PORT_NAME)
            : Finding.at(
                service,
                path,
                name(),
                IstioMessage.PORT_NAME_IS_NOT_UNDER_NAMING_CONVENTION,
                portName,
                number,
                target.isEmpty() ? "0" : target));
  }
}
