package pharos.config.routing.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/**
 * The Services whose pods apply a Gateway (R-GWAPI-1).
 *
 * @param hosts full names
 * @param managed whether Istio makes Deployment and Service itself
 */
public record GatewayServices(List<String> hosts, boolean managed) {
  /** On the pods of a managed Gateway: its name. */
  public static final String GATEWAY_NAME_LABEL = "gateway.networking.k8s.io/gateway-name";

  private static final String NAME_OVERRIDE = "gateway.istio.io/name-override";

  public GatewayServices {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads a Gateway. Without addresses, or with one IP address, it is managed and its Service is
   * {@code <gateway>-<class>}; otherwise the host names among the addresses count.
   */
  public static GatewayServices of(Resource gateway, String className, String domain) {
    String suffix = "." + gateway.key().namespace() + ".svc." + domain;
    List<Node> addresses = Fields.items(gateway.spec(), "addresses");
    if (addresses.isEmpty() || (addresses.size() == 1 && !isHostname(addresses.getFirst()))) {
      String name =
          gateway.annotations().getOrDefault(NAME_OVERRIDE, gateway.key().name() + "-" + className);
      return new GatewayServices(List.of(name + suffix), true);
    }
    List<String> hosts = new ArrayList<>();
    for (Node address : addresses) {
      if (isHostname(address)) {
        String host = Fields.text(address, "value");
        hosts.add(host.contains(".") ? host : host + suffix);
      }
    }
    return new GatewayServices(hosts, false);
  }

  /** The API's default type of an address is IPAddress. */
  private static boolean isHostname(Node address) {
    return Fields.text(address, "type").equals("Hostname");
  }
}
