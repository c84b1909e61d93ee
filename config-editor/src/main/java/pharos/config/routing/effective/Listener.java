package pharos.config.routing.effective;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;

/**
 * A listener: it picks a filter chain by what is known of a connection before its first request.
 *
 * @param name {@code address_port}, for example {@code 0.0.0.0_9080}
 * @param chains in the order they were made; which one matches does not depend on it (R-ENV-40,
 *     R-L4-9)
 * @param fallback for connections that no chain matches; null closes them
 * @param rejected why the proxy refuses this listener and keeps the previous one (R-ENV-42), or
 *     null
 */
public record Listener(
    String name,
    String address,
    int port,
    List<Chain> chains,
    @Nullable Chain fallback,
    @Nullable String rejected) {
  /** All addresses. */
  public static final String ANY_ADDRESS = "0.0.0.0";

  public Listener {
    chains = List.copyOf(chains);
  }

  /** A listener's name. */
  public static String name(String address, int port) {
    return address + "_" + port;
  }

  /**
   * A filter chain.
   *
   * @param match when it is picked
   * @param target what it does with the bytes
   * @param origin the object that asked for it, or null when the control plane adds it itself
   */
  public record Chain(Match match, Target target, @Nullable Origin origin) {}

  /**
   * Conditions of a chain; all must hold.
   *
   * @param serverNames SNI, exact or {@code *.suffix} (R-ENV-41); empty for any or none
   * @param destinations CIDRs; empty for any
   * @param protocol what the first bytes look like
   */
  public record Match(List<String> serverNames, List<String> destinations, Protocol protocol) {
    /** Matches everything. */
    public static final Match ANY = new Match(List.of(), List.of(), Protocol.ANY);

    public Match {
      serverNames = List.copyOf(serverNames);
      destinations = List.copyOf(destinations);
    }
  }

  /** What the first bytes of a connection look like. */
  public enum Protocol {
    ANY,
    /** HTTP/1.x or h2c without TLS. */
    PLAINTEXT_HTTP,
    /** TLS, terminated here or not. */
    TLS,
    /** TLS with one of Istio's own application protocols (R-GW-29). */
    ISTIO_MTLS
  }

  /** What a chain does. */
  public sealed interface Target {}

  /**
   * Reads HTTP and routes requests.
   *
   * @param routeConfiguration its name
   * @param terminatesTls whether requests count as https (R-HTTP-22)
   */
  public record Http(String routeConfiguration, boolean terminatesTls) implements Target {}

  /**
   * Sends the bytes to a cluster.
   *
   * @param destinations with their shares; never empty. May be {@code PassthroughCluster} or {@code
   *     BlackHoleCluster}
   */
  public record Tcp(List<Share> destinations) implements Target {
    public Tcp {
      destinations = List.copyOf(destinations);
    }
  }

  /** A cluster and its weight. */
  public record Share(String cluster, int weight) {}
}
