package pharos.config.routing.effective;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations;
import pharos.config.istio.view.HttpRoute;
import pharos.config.istio.view.Origin;

/**
 * One route entry: condition, action, and what is attached whatever the action (R-HTTP-26).
 *
 * @param name as in R-HTTP-6
 * @param origin the rule and match it was made from; null when the control plane adds it itself
 */
public record RouteEntry(
    String name,
    RouteMatch match,
    Action action,
    HeaderOperations headers,
    HttpRoute.@Nullable Fault fault,
    HttpRoute.@Nullable Cors cors,
    @Nullable Origin origin) {

  /** What is done with a request that matches. */
  public sealed interface Action {}

  /**
   * Sends it on.
   *
   * @param clusters one (its weight is ignored) or several with positive weights
   * @param weighted whether Envoy gets a weighted list; header edits then have another order
   *     (R-HTTP-88, R-HTTP-89)
   * @param timeout null: none (R-HTTP-58)
   * @param missingClusterStatus 503, or 500 for Gateway API (R-HTTP-46)
   * @param hashKeys consistent-hash keys for people, for example {@code header x-user} (R-HTTP-93)
   */
  public record Forward(
      List<WeightedCluster> clusters,
      boolean weighted,
      Rewrite rewrite,
      @Nullable Duration timeout,
      Retries retries,
      List<MirrorPolicy> mirrors,
      int missingClusterStatus,
      List<String> hashKeys)
      implements Action {
    public Forward {
      clusters = List.copyOf(clusters);
      mirrors = List.copyOf(mirrors);
      hashKeys = List.copyOf(hashKeys);
    }
  }

  /**
   * A share of a route.
   *
   * @param cluster name; need not exist
   * @param headers edits for this share alone
   * @param authority literal for the upstream's Host; empty keeps it
   */
  public record WeightedCluster(
      String cluster, int weight, HeaderOperations headers, String authority) {}

  /** Edits of path and authority, as Envoy has them; matching saw the original (R-HTTP-55). */
  public record Rewrite(PathRewrite path, String authority) {
    /** None. */
    public static final Rewrite NONE = new Rewrite(new KeepPath(), "");
  }

  /** How the path changes. */
  public sealed interface PathRewrite {}

  /** It does not. */
  public record KeepPath() implements PathRewrite {}

  /** The matched prefix, or the whole path of exact and regex matches (R-ENV-17). */
  public record ReplaceMatched(String with) implements PathRewrite {}

  /** RE2 global substitution in the path without its query (R-HTTP-53, R-HTTP-52). */
  public record Substitute(String regex, String with) implements PathRewrite {}

  /**
   * Retries in force.
   *
   * @param attempts number of retries; 0 for none
   * @param retryOn conditions as Envoy gets them, with status codes
   */
  public record Retries(int attempts, @Nullable Duration perTryTimeout, String retryOn) {}

  /**
   * A mirror: its chance is 0 (exclusive) to 100. It gets the request as edited and rewritten, with
   * its Host (R-HTTP-83, R-HTTP-84).
   */
  public record MirrorPolicy(String cluster, double percent) {}

  /**
   * Answers with a redirect (R-HTTP-30, R-HTTP-31).
   *
   * @param scheme empty keeps the request's
   * @param authority empty keeps the request's
   * @param port 0 for none
   * @param path empty keeps the request's
   * @param prefixRewrite replaces the matched prefix; empty for none
   */
  public record Redirect(
      int status, String scheme, String authority, int port, String path, String prefixRewrite)
      implements Action {}

  /** Answers by itself; the body is null for none. */
  public record DirectResponse(int status, @Nullable String body) implements Action {}

  /** Nothing that Envoy would accept: it refuses the whole configuration (R-HTTP-25, R-HTTP-32). */
  public record Invalid(String reason) implements Action {}
}
