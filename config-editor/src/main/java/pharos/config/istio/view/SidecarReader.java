package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.MeshConfig.OutboundPolicy;
import pharos.config.istio.ShortNames;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Reads a Sidecar as a user wrote it. */
public final class SidecarReader {
  private SidecarReader() {}

  /** The view of a Sidecar; what has the wrong type counts as absent. */
  public static Sidecar read(Resource resource, MeshConfig mesh) {
    Node spec = resource.spec();
    List<Node> nodes = Fields.items(spec, "egress");
    List<Sidecar.Egress> egress = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      egress.add(
          new Sidecar.Egress(
              port(Fields.node(node, "port")),
              Fields.text(node, "bind"),
              !Fields.text(node, "captureMode").equals("NONE"),
              Fields.texts(node, "hosts"),
              Origin.rule(resource.key(), Path.of("spec", "egress", i), i)));
    }
    Node policy = Fields.node(spec, "outboundTrafficPolicy");
    Node proxy = Fields.node(policy, "egressProxy");
    return new Sidecar(
        resource.key(),
        CreationTimes.seconds(resource),
        Fields.has(spec, "workloadSelector")
            ? Fields.map(spec, "workloadSelector", "labels")
            : null,
        egress,
        policy == null ? null : OutboundPolicy.parse(Fields.text(policy, "mode")),
        proxy == null
            ? null
            : new Destination(
                ShortNames.host(Fields.text(proxy, "host"), resource.key().namespace(), mesh),
                Fields.text(proxy, "subset"),
                (int) Fields.number(proxy, "port", "number")),
        ingress(resource),
        Fields.node(spec, "inboundConnectionPool"));
  }

  private static List<Sidecar.Ingress> ingress(Resource resource) {
    List<Node> nodes = Fields.items(resource.spec(), "ingress");
    List<Sidecar.Ingress> ingress = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Sidecar.Port port = port(Fields.node(nodes.get(i), "port"));
      if (port != null) {
        ingress.add(
            new Sidecar.Ingress(
                port,
                Fields.text(nodes.get(i), "bind"),
                Fields.text(nodes.get(i), "defaultEndpoint"),
                Fields.node(nodes.get(i), "connectionPool"),
                Origin.rule(resource.key(), Path.of("spec", "ingress", i), i)));
      }
    }
    return ingress;
  }

  private static Sidecar.@Nullable Port port(@Nullable Node node) {
    return node == null
        ? null
        : new Sidecar.Port(
            (int) Fields.number(node, "number"),
            Fields.text(node, "protocol"),
            Fields.text(node, "name"));
  }
}
