package pharos.config.check.traffic.gatewayapi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.istio.MeshMembership;
import pharos.config.istio.Pods;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.check.traffic.Report;

/** Target ports that no container of the Service's pods declares. */
final class TargetPortCheck implements Check {
  @Override
  public String name() {
    return "traffic.TargetPortCheck";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Kinds.SERVICE, Kinds.POD);
  }

  @Override
  public void run(MeshView mesh, Consumer<Finding> findings) {
    Report report = new Report(name(), findings);
    for (Resource service : mesh.all(Kinds.SERVICE)) {
      Map<String, String> selector = Fields.map(service.spec(), "selector");
      if (selector.isEmpty() || MeshMembership.controlPlane(service)) {
        continue;
      }
      List<Resource> pods =
          mesh.index(Pods.INDEX).matching(service.key().namespace(), selector).toList();
      Set<String> declared = declared(pods);
      if (declared.isEmpty()) {
        continue; // ports need not be declared; then nothing is known
      }
      List<Node> ports = Fields.items(service.spec(), "ports");
      for (int i = 0; i < ports.size(); i++) {
        boolean own = Fields.has(ports.get(i), "targetPort");
        String target = Fields.text(ports.get(i), own ? "targetPort" : "port");
        if (!declared.contains(target)) {
          boolean number = target.chars().allMatch(Character::isDigit);
          report.at(
              service,
              Path.of("spec", "ports", i, own ? "targetPort" : "port"),
              number
                  ? GatewayApiMessage.TARGET_PORT_NOT_EXPOSED
                  : GatewayApiMessage.TARGET_PORT_NAME_UNKNOWN,
              target);
        }
      }
    }
  }

  /** Numbers and names; empty as soon as one container declares nothing, or is all proxy. */
  private static Set<String> declared(List<Resource> pods) {
    Set<String> declared = new HashSet<>();
    for (Resource pod : pods) {
      boolean application = false;
      for (Node container : Fields.items(pod.spec(), "containers")) {
        List<Node> ports = Fields.items(container, "ports");
        boolean proxy = Fields.text(container, "name").equals(MeshMembership.PROXY);
        application |= !proxy;
        if (ports.isEmpty() && !proxy) {
          return Set.of();
        }
        declare(ports, declared);
      }
      if (!application) {
        return Set.of(); // a gateway listens where it is told to
      }
      Fields.items(pod.spec(), "initContainers")
          .forEach(container -> declare(Fields.items(container, "ports"), declared));
    }
    return declared;
  }

  private static void declare(List<Node> ports, Set<String> declared) {
    for (Node port : ports) {
      declared.add(Fields.text(port, "containerPort"));
      declared.add(Fields.text(port, "name"));
    }
  }
}
