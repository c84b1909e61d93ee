package pharos.config.routing.compile.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Destination;
import pharos.config.istio.view.HttpMatch;
import pharos.config.istio.view.HttpRoute;

/**
 * What route entries depend on besides their rules.
 *
 * @param port the listener port <i>L</i>: the service port on sidecars and waypoints, {@code
 *     server.port.number} on gateways, 0 for HTTP proxies and Unix sockets
 * @param tls whether the server is a TLS server (R-HTTP-31)
 * @param sources which matches can hold for this proxy at all
 * @param destinations what destinations come to
 * @param defaultRetries the mesh's policy for rules that have none, or null for the built-in one
 */
public record RouteContext(
    int port,
    boolean tls,
    Sources sources,
    Destinations destinations,
    HttpRoute.@Nullable Retries defaultRetries) {

  /** Predicates that are decided before there is a request (R-HTTP-2, R-VS-5, R-AMB-6). */
  @FunctionalInterface
  public interface Sources {
    /** Why a match can never hold for the proxy, as a sentence with its rule; null if it can. */
    @Nullable Refusal refusal(HttpMatch match);
  }

  /** Why a match takes no part. */
  public record Refusal(String rule, String reason) {}

  /** What destinations come to. */
  public interface Destinations {
    /** Name of the cluster (R-HTTP-40, R-AMB-8). */
    String cluster(Destination destination);

    /** Consistent-hash keys for people; empty for none (R-HTTP-93). */
    List<String> hashKeys(Destination destination);
  }
}
