package pharos.config.routing.effective;

import java.util.List;

/**
 * A virtual host. It edits no headers of its own (R-HTTP-91).
 *
 * @param name {@code host:port}, {@code allow_any}, {@code block_all}, {@code blackhole:port}
 * @param domains lower case; exact, {@code *.suffix}, {@code prefix.*} or {@code *}
 * @param routes in order: the first that matches wins (R-ENV-10)
 * @param requireTls answers plain requests with 301 to https before routes are looked at (R-ENV-6)
 * @param ignored what could have stood here and does not, with the reason
 */
public record VirtualHost(
    String name,
    List<String> domains,
    List<RouteEntry> routes,
    boolean requireTls,
    List<Ignored> ignored) {
  public VirtualHost {
    domains = List.copyOf(domains);
    routes = List.copyOf(routes);
    ignored = List.copyOf(ignored);
  }
}
