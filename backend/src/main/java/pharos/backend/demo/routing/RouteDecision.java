package pharos.backend.demo.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a proxy does with a request. */
public sealed interface RouteDecision {

  /**
   * Sends it to one of the destinations.
   *
   * @param rule namespace, name and index of the rule, for people; empty where no object applies
   * @param path what the upstream receives, after a rewrite
   * @param timeout null for none
   */
  record Forward(
      String rule,
      List<Destination> destinations,
      String path,
      Fault fault,
      @Nullable Duration timeout,
      Retries retries,
      List<Mirror> mirrors)
      implements RouteDecision {
    public Forward {
      destinations = List.copyOf(destinations);
      mirrors = List.copyOf(mirrors);
      if (destinations.isEmpty()) {
        throw new IllegalArgumentException(
            "rule %s: no destination (expected: at least one)".formatted(rule));
      }
    }
  }

  /** Answers with a redirect. */
  record Redirect(String rule, int status) implements RouteDecision {}

  /** Answers by itself. */
  record DirectResponse(String rule, int status) implements RouteDecision {}

  /** No route: 404 NR for HTTP, a closed connection for TCP. */
  record NoRoute() implements RouteDecision {}

  /**
   * The registry does not know the host.
   *
   * @param allowed whether the outbound policy lets it pass ({@code PassthroughCluster}) or not
   *     ({@code BlackHoleCluster})
   */
  record Unregistered(boolean allowed) implements RouteDecision {}

  /**
   * A cluster, with its share.
   *
   * @param host full name
   * @param subset empty for none
   * @param labels that the endpoints must have beside the service's selector
   * @param weight relative to the other destinations', positive
   * @param exists whether the proxy has such a cluster; without one it answers 503 NC
   */
  record Destination(
      String host,
      int port,
      String subset,
      Map<String, String> labels,
      double weight,
      boolean exists) {
    public Destination {
      labels = Map.copyOf(labels);
    }

    /** Envoy's name of it. */
    public String cluster() {
      return "outbound|" + port + "|" + subset + "|" + host;
    }
  }

  /** Injected trouble; percentages 0–100, zero for none. */
  record Fault(double delayPercent, Duration delay, double abortPercent, int abortStatus) {
    static final Fault NONE = new Fault(0, Duration.ZERO, 0, 0);
  }

  /**
   * When to try again.
   *
   * @param attempts further tries after the first
   * @param perTryTimeout null for none
   * @param on conditions in Envoy's words
   */
  record Retries(int attempts, @Nullable Duration perTryTimeout, Set<String> on) {
    /** What Istio sets where nobody says otherwise. */
    static final Retries DEFAULT =
        new Retries(
            2, null, Set.of("connect-failure", "refused-stream", "unavailable", "cancelled"));

    public Retries {
      on = Set.copyOf(on);
    }
  }

  /** A copy of this share of the requests (0–100), whose answer nobody reads. */
  record Mirror(Destination destination, double percent) {}
}
