package pharos.config.istio.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.CreationTimes;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Reads an Istio Gateway as a user wrote it. */
public final class GatewayReader {
  private GatewayReader() {}

  /** The view of a Gateway; what has the wrong type counts as absent. */
  public static Gateway read(Resource resource) {
    String namespace = resource.key().namespace();
    List<Node> nodes = Fields.items(resource.spec(), "servers");
    List<Gateway.Server> servers = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node server = nodes.get(i);
      servers.add(
          new Gateway.Server(
              (int) Fields.number(server, "port", "number"),
              Fields.text(server, "port", "name"),
              Fields.text(server, "port", "protocol").toUpperCase(Locale.ROOT),
              Fields.text(server, "bind"),
              hosts(Fields.texts(server, "hosts"), namespace),
              tls(Fields.node(server, "tls")),
              Origin.rule(resource.key(), Path.of("spec", "servers", i), i)));
    }
    return new Gateway(
        resource.key(),
        namespace + "/" + resource.key().name(),
        CreationTimes.seconds(resource),
        Fields.map(resource.spec(), "selector"),
        null,
        servers);
  }

  /** R-GW-5. */
  private static List<String> hosts(List<String> written, String namespace) {
    List<String> hosts = new ArrayList<>(written.size());
    for (String host : written) {
      if (host.equals("*/*")) {
        return List.of("*");
      }
      if (host.startsWith("./")) {
        hosts.add(namespace + host.substring(1));
      } else {
        hosts.add(host.startsWith("*/") ? host.substring(2) : host);
      }
    }
    return hosts;
  }

  private static Gateway.@Nullable Tls tls(@Nullable Node node) {
    return node == null
        ? null
        : new Gateway.Tls(
            mode(Fields.text(node, "mode")),
            Fields.flag(node, "httpsRedirect"),
            Fields.text(node, "credentialName"));
  }

  /** R-GW-25: the first of the enum when none is written. */
  private static Gateway.Mode mode(String text) {
    for (Gateway.Mode mode : Gateway.Mode.values()) {
      if (mode.name().equals(text)) {
        return mode;
      }
    }
    return Gateway.Mode.PASSTHROUGH;
  }
}
