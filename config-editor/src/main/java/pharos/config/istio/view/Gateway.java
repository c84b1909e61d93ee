package pharos.config.istio.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey;

/**
 * A Gateway, written by a user or translated from one listener of a Gateway API Gateway or from an
 * Ingress.
 *
 * @param name {@code namespace/name} that VirtualServices bind to; for a translated listener the
 *     name the translated routes use
 * @param created as {@link VirtualService#created()}
 * @param selector labels of the gateway pods; empty selects every gateway proxy (R-GW-1)
 * @param services hosts of the Services whose pods apply it, for Gateway API (R-GWAPI-1); null for
 *     selection by labels
 */
public record Gateway(
    ResourceKey key,
    String name,
    long created,
    Map<String, String> selector,
    @Nullable List<String> services,
    List<Server> servers) {
  public Gateway {
    selector = Map.copyOf(selector);
    services = services == null ? null : List.copyOf(services);
    servers = List.copyOf(servers);
  }

  /**
   * One server. Its {@code name} is for statistics alone and not read (R-GW-12).
   *
   * @param port {@code port.number}
   * @param protocol upper case: HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS, TLS, TCP, MONGO, MYSQL, REDIS
   * @param bind empty for {@code 0.0.0.0} (R-GW-8)
   * @param hosts sanitised: {@code ./h} and {@code *}{@code /h} are resolved (R-GW-5)
   * @param tls null without a {@code tls} block
   */
  public record Server(
      int port,
      String portName,
      String protocol,
      String bind,
      List<String> hosts,
      @Nullable Tls tls,
      Origin origin) {
    public Server {
      hosts = List.copyOf(hosts);
    }
  }

  /** TLS settings of a server, as far as they route (R-GW-25). */
  public record Tls(Mode mode, boolean httpsRedirect, String credentialName) {}

  /** {@code tls.mode}; PASSTHROUGH when the block names none. */
  public enum Mode {
    PASSTHROUGH,
    SIMPLE,
    MUTUAL,
    OPTIONAL_MUTUAL,
    ISTIO_MUTUAL,
    AUTO_PASSTHROUGH;

    /** Whether the proxy decrypts. */
    public boolean terminates() {
      return this != PASSTHROUGH && this != AUTO_PASSTHROUGH;
    }
  }
}
