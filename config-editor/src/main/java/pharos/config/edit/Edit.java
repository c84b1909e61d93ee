package pharos.config.edit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey;

/**
 * What somebody means to change, without saying how the object looks today. A null in place of a
 * setting takes the setting away. {@link Edits#apply} does it.
 */
public sealed interface Edit {
  /** The object that it is about. */
  ResourceKey object();

  /**
   * A place where traffic can go.
   *
   * @param host a service, as the object names it
   * @param subset empty for all versions
   * @param port 0 where the object need not say it
   */
  record Target(String host, String subset, int port) {}

  /** A share of the traffic of a route: relative to the sum of all. */
  record Share(Target target, int weight) {
    public Share {
      if (weight < 0 || weight > 1_000_000) {
        throw new IllegalArgumentException("weight %d (expected: 0 to 1000000)".formatted(weight));
      }
    }
  }

  /** The list that a rule is in. */
  enum Protocol {
    HTTP,
    TLS,
    TCP
  }

  /**
   * Which share of the traffic of a rule goes where. Destinations that are not there yet are added;
   * those that are not named keep what they have. Works on VirtualServices and on the routes of the
   * Gateway API.
   *
   * @param host of the VirtualService to create when there is none
   * @param rule its position
   */
  record ShiftWeights(
      ResourceKey object, String host, Protocol protocol, int rule, List<Share> shares)
      implements Edit {
    public ShiftWeights {
      shares = List.copyOf(shares);
      if (shares.isEmpty()) {
        throw new IllegalArgumentException("no shares (expected: at least one)");
      }
    }
  }

  /** A condition on a text of a request. */
  record TextMatch(Kind kind, String value) {
    /** How the text is compared. */
    public enum Kind {
      EXACT,
      PREFIX,
      REGEX
    }
  }

  /**
   * A new rule for the requests that meet all conditions; an empty list of them stands for all.
   *
   * @param at the position that the rule gets; rules from there on move down
   * @param host of the VirtualService to create when there is none
   * @param name of the rule; may be empty
   */
  record RouteRequests(
      ResourceKey object,
      String host,
      int at,
      String name,
      @Nullable TextMatch uri,
      @Nullable TextMatch method,
      Map<String, TextMatch> headers,
      List<Share> shares)
      implements Edit {
    public RouteRequests {
      headers = Map.copyOf(headers);
      shares = List.copyOf(shares);
      if (shares.isEmpty()) {
        throw new IllegalArgumentException("no shares (expected: at least one)");
      }
    }
  }

  /** A rule less. */
  record RemoveRule(ResourceKey object, Protocol protocol, int rule) implements Edit {}

  /** How long a request of an HTTP rule may take, all tries together. */
  record SetTimeout(ResourceKey object, String host, int rule, @Nullable Duration timeout)
      implements Edit {}

  /** How often a failed request is tried again. */
  record SetRetries(ResourceKey object, String host, int rule, @Nullable Retries retries)
      implements Edit {}

  /**
   * Retries of a rule.
   *
   * @param attempts beside the first try
   * @param perTry null for the timeout of the rule
   * @param on conditions of Envoy, separated by commas; empty for Istio's
   */
  record Retries(int attempts, @Nullable Duration perTry, String on) {}

  /** Delays and refusals that Envoy injects, for tests. */
  record SetFault(
      ResourceKey object, String host, int rule, @Nullable Delay delay, @Nullable Abort abort)
      implements Edit {}

  /** A delay for a share of the requests, in percent. */
  record Delay(double percent, Duration delay) {}

  /** An answer in place of a share of the requests, in percent. */
  record Abort(double percent, int status) {}

  /** Copies of a share of the requests, whose answers are thrown away. */
  record SetMirror(ResourceKey object, String host, int rule, @Nullable Mirror mirror)
      implements Edit {}

  /** Where copies go, and how many of a hundred. */
  record Mirror(Target target, double percent) {}

  /**
   * An answer that sends clients elsewhere, in place of a route.
   *
   * @param uri empty to keep the path
   * @param authority empty to keep the host
   * @param status 301, 302, 303, 307 or 308
   */
  record Redirect(
      ResourceKey object, String host, int rule, String uri, String authority, int status)
      implements Edit {}

  /**
   * Another path or host for the upstream. Both empty takes the rewrite away.
   *
   * @param uri in place of the path, or of the prefix that matched; empty to keep it
   * @param authority empty to keep the host
   */
  record SetRewrite(ResourceKey object, String host, int rule, String uri, String authority)
      implements Edit {}

  /** Headers that a rule sets, appends to and removes, in requests or in responses. */
  record SetHeaders(
      ResourceKey object,
      String host,
      int rule,
      boolean response,
      Map<String, String> set,
      Map<String, String> add,
      List<String> remove)
      implements Edit {
    public SetHeaders {
      set = Map.copyOf(set);
      add = Map.copyOf(add);
      remove = List.copyOf(remove);
    }
  }

  /**
   * The rules from one on move into a VirtualService of their own in the same namespace, to which a
   * last rule of the root delegates.
   */
  record SplitDelegate(ResourceKey object, int from, String delegate) implements Edit {}

  /** A named version of a host. */
  record PutSubset(ResourceKey object, String host, String name, Map<String, String> labels)
      implements Edit {
    public PutSubset {
      labels = Map.copyOf(labels);
    }
  }

  /** A subset less. */
  record RemoveSubset(ResourceKey object, String name) implements Edit {}

  /**
   * Limits of a host or a subset: how much may be under way at once.
   *
   * @param subset empty for the host
   */
  record SetConnectionPool(
      ResourceKey object, String host, String subset, @Nullable ConnectionPool pool)
      implements Edit {}

  /** Limits; null for Envoy's own. */
  record ConnectionPool(
      @Nullable Integer maxConnections,
      @Nullable Duration connectTimeout,
      @Nullable Integer http1MaxPendingRequests,
      @Nullable Integer http2MaxRequests,
      @Nullable Integer maxRequestsPerConnection,
      @Nullable Integer maxRetries) {}

  /** When an endpoint of a host or a subset is left out for a while. */
  record SetOutlierDetection(
      ResourceKey object, String host, String subset, @Nullable OutlierDetection detection)
      implements Edit {}

  /** Settings; null for Istio's own. Percentages are whole numbers up to 100. */
  record OutlierDetection(
      @Nullable Integer consecutive5xxErrors,
      @Nullable Integer consecutiveGatewayErrors,
      @Nullable Duration interval,
      @Nullable Duration baseEjectionTime,
      @Nullable Integer maxEjectionPercent,
      @Nullable Integer minHealthPercent) {}

  /** How an endpoint of a host or a subset is chosen. */
  record SetLoadBalancer(
      ResourceKey object, String host, String subset, @Nullable LoadBalancer balancer)
      implements Edit {}

  /** A way to choose an endpoint. */
  sealed interface LoadBalancer {
    /** Istio's name of an algorithm, such as {@code ROUND_ROBIN}. */
    record Simple(String algorithm) implements LoadBalancer {}

    /** Equal values of a header go to one endpoint. */
    record HeaderHash(String header) implements LoadBalancer {}

    /** Equal cookies go to one endpoint; a missing one is set. */
    record CookieHash(String cookie, Duration lifetime) implements LoadBalancer {}

    /** Clients of one address go to one endpoint. */
    record SourceHash() implements LoadBalancer {}

    /** Equal query parameters go to one endpoint. */
    record ParameterHash(String parameter) implements LoadBalancer {}
  }

  /**
   * A port that a gateway opens, known by the name of the port.
   *
   * @param selector of the Gateway to create when there is none
   */
  record PutServer(ResourceKey object, Map<String, String> selector, Server server)
      implements Edit {
    public PutServer {
      selector = Map.copyOf(selector);
    }
  }

  /**
   * A server of a gateway.
   *
   * @param mode of TLS, such as {@code SIMPLE}; empty for none
   * @param credential the Secret with the certificate; empty for none
   */
  record Server(
      String name,
      int port,
      String protocol,
      List<String> hosts,
      String mode,
      String credential,
      boolean httpsRedirect) {
    public Server {
      hosts = List.copyOf(hosts);
    }
  }

  /** A server less. */
  record RemoveServer(ResourceKey object, String name) implements Edit {}

  /** The object as somebody wrote it. */
  record WriteText(ResourceKey object, String yaml) implements Edit {}
}
