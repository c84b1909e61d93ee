package pharos.config.istio.view;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code http}, as written: defaults are applied when route entries are made.
 *
 * @param name empty for none
 * @param match alternatives; empty matches everything (R-HTTP-1)
 * @param timeout null when absent: none (R-HTTP-58)
 * @param retries null when absent: the default policy (R-HTTP-60)
 * @param mirror the single form; its percentages are {@code mirrorPercentage} (0 to 100) and the
 *     deprecated {@code mirrorPercent} (R-HTTP-80)
 * @param headers null when absent, which matters for delegates (R-DEL-6)
 */
public record HttpRoute(
    String name,
    List<HttpMatch> match,
    List<WeightedDestination> route,
    @Nullable Redirect redirect,
    @Nullable DirectResponse directResponse,
    @Nullable Delegate delegate,
    @Nullable Rewrite rewrite,
    @Nullable Duration timeout,
    @Nullable Retries retries,
    @Nullable Fault fault,
    @Nullable Destination mirror,
    @Nullable Double mirrorPercentage,
    @Nullable Integer mirrorPercent,
    List<Mirror> mirrors,
    @Nullable Cors cors,
    @Nullable HeaderOperations headers,
    Origin origin) {
  public HttpRoute {
    match = List.copyOf(match);
    route = List.copyOf(route);
    mirrors = List.copyOf(mirrors);
  }

  /**
   * A destination with its share.
   *
   * @param weight as written; 0 when absent (R-HTTP-44)
   * @param headers edits for this destination alone
   */
  public record WeightedDestination(
      Destination destination, int weight, HeaderOperations headers) {}

  /**
   * An answer that sends the client elsewhere (R-HTTP-30 to R-HTTP-33).
   *
   * @param uri the whole new path; empty keeps it
   * @param prefixRewrite replaces the matched prefix; empty keeps it
   * @param port 0 when not given
   * @param derivePort empty, {@code FROM_PROTOCOL_DEFAULT} or {@code FROM_REQUEST_PORT}
   * @param code 0 when not given
   */
  public record Redirect(
      String uri,
      String prefixRewrite,
      String authority,
      String scheme,
      int port,
      String derivePort,
      int code) {}

  /** An answer of the proxy's own (R-HTTP-35); the body is null for none. */
  public record DirectResponse(int status, @Nullable String body) {}

  /** A reference to a VirtualService without hosts (R-DEL-2); namespace is filled in. */
  public record Delegate(String namespace, String name) {}

  /**
   * Edits of path and authority (R-HTTP-50 to R-HTTP-54).
   *
   * @param uri empty for none
   * @param regex pattern of {@code uriRegexRewrite}; empty for none
   * @param substitution with {@code \1}-style groups
   */
  public record Rewrite(String uri, String authority, String regex, String substitution) {}

  /**
   * {@code retries} as written (R-HTTP-61).
   *
   * @param attempts 0 or less disables
   * @param retryOn empty for the default conditions
   * @param retryIgnorePreviousHosts null when absent
   */
  public record Retries(
      int attempts,
      @Nullable Duration perTryTimeout,
      String retryOn,
      @Nullable Boolean retryIgnorePreviousHosts,
      boolean retryRemoteLocalities,
      @Nullable Duration backoff) {}

  /**
   * Injected failures (R-HTTP-66, R-HTTP-67). Percentages are 0 to 100; absent is 0.
   *
   * @param delay null for none
   * @param abortStatus 0 for none
   * @param abortGrpcStatus a name such as {@code UNAVAILABLE}; empty for none
   */
  public record Fault(
      @Nullable Duration delay,
      double delayPercent,
      int abortStatus,
      String abortGrpcStatus,
      double abortPercent) {}

  /** One of {@code mirrors}; percentage null when absent: 100 (R-HTTP-80). */
  public record Mirror(Destination destination, @Nullable Double percentage) {}

  /**
   * Cross-origin policy (R-HTTP-72 to R-HTTP-76).
   *
   * @param ignoreUnmatchedPreflights {@code unmatchedPreflights: IGNORE}
   */
  public record Cors(
      List<StringMatch> allowOrigins,
      List<String> allowMethods,
      List<String> allowHeaders,
      List<String> exposeHeaders,
      @Nullable Duration maxAge,
      boolean allowCredentials,
      boolean ignoreUnmatchedPreflights) {
    public Cors {
      allowOrigins = List.copyOf(allowOrigins);
      allowMethods = List.copyOf(allowMethods);
      allowHeaders = List.copyOf(allowHeaders);
      exposeHeaders = List.copyOf(exposeHeaders);
    }
  }
}
