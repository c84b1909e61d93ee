package pharos.config.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.ResourceKey;

/**
 * What a proxy does with one request. Why it does so are the {@link Step}s of the same request.
 *
 * @param listener name of the listener that took it, or null when none did
 * @param virtualHost null when none was looked for or found
 * @param route null when no route matched
 * @param outcome what happens
 */
public record Decision(
    @Nullable String listener,
    @Nullable String virtualHost,
    @Nullable MatchedRoute route,
    Outcome outcome) {

  /** A decision with every step that led to it, in order, with every rejection and its reason. */
  public record Explained(Decision decision, List<Step> steps) {
    public Explained {
      steps = List.copyOf(steps);
    }
  }

  /**
   * The route entry that matched.
   *
   * @param origin the rule it was made from; null for routes that the control plane adds itself
   * @param name as Envoy logs it (R-HTTP-6)
   */
  public record MatchedRoute(@Nullable Origin origin, String name) {}

  /** What happens. */
  public sealed interface Outcome {}

  /**
   * Goes to one of the destinations by their shares.
   *
   * @param localReply what the proxy answers when every destination fails in the same way, or null
   * @param timeout null for none
   */
  public record Forward(
      List<Target> destinations,
      @Nullable LocalReply localReply,
      UpstreamRequest request,
      HeaderChange responseHeaders,
      @Nullable Duration timeout,
      RetryPlan retries,
      FaultPlan fault,
      List<MirrorTarget> mirrors)
      implements Outcome {
    public Forward {
      destinations = List.copyOf(destinations);
      mirrors = List.copyOf(mirrors);
    }
  }

  /** Answers with a redirect. */
  public record Redirect(int status, String location, HeaderChange responseHeaders, FaultPlan fault)
      implements Outcome {}

  /** Answers by itself. */
  public record DirectResponse(
      int status, @Nullable String body, HeaderChange responseHeaders, FaultPlan fault)
      implements Outcome {}

  /** An answer of the proxy's own, with its flag in access logs (R-ENV-20). */
  public record LocalReply(int status, String responseFlags) {}

  /** No route: 404 NR, or 400 for a missing Host (R-ENV-5). */
  public record NotFound(LocalReply reply, String reason) implements Outcome {}

  /** A connection goes to one of the destinations. */
  public record TcpForward(List<Target> destinations) implements Outcome {
    public TcpForward {
      destinations = List.copyOf(destinations);
    }
  }

  /** Leaves the mesh as the client addressed it: {@code PassthroughCluster} (R-OB-22). */
  public record Passthrough(String cluster) implements Outcome {}

  /** Refused by {@code REGISTRY_ONLY}; status 502 for HTTP, 0 for a closed connection. */
  public record Blackhole(int status) implements Outcome {}

  /** Nothing listens: connection refused. */
  public record NoListener(String reason) implements Outcome {}

  /** No filter chain takes the connection, so it is closed (R-GW-27, R-ENV-40). */
  public record TlsMismatch(String reason) implements Outcome {}

  /** The proxy refuses this configuration and keeps its previous state (R-ENV-42, R-ENV-43). */
  public record RejectedConfig(String reason) implements Outcome {}

  /**
   * A destination with its share.
   *
   * @param cluster Envoy's name of it
   * @param weight share relative to the sum over the destinations, as Envoy sees it; 100 for an
   *     only one
   * @param endpoints in the cluster, and how many of them are ready
   * @param destinationRule that shaped the cluster; null for none
   * @param failure why requests for it fail, or null
   * @param edits what only this destination's requests and answers get; null for nothing
   */
  public record Target(
      String cluster,
      String host,
      int port,
      String subset,
      int weight,
      int endpoints,
      int ready,
      @Nullable ResourceKey destinationRule,
      @Nullable Failure failure,
      @Nullable TargetEdits edits) {}

  /**
   * Edits of one of several destinations; the rule's come after them and win (R-HTTP-89).
   *
   * @param authority empty keeps it (R-ENV-24)
   */
  public record TargetEdits(HeaderChange request, HeaderChange response, String authority) {}

  /** Why a chosen destination answers with an error. */
  public enum Failure {
    /** 503 NC; 500 for Gateway API routes (R-HTTP-46). */
    NO_CLUSTER,
    /** 503 UH. */
    NO_HEALTHY_UPSTREAM
  }

  /** What the upstream receives. */
  public record UpstreamRequest(String path, String authority, HeaderChange headers) {}

  /**
   * Headers that are changed on the way: removed, then set, then appended to. The steps that Envoy
   * takes in its own order (R-HTTP-86 to R-HTTP-89) are folded to these three; the result is the
   * same for every request. Names are lower case.
   *
   * @param add several values of a name are joined with {@code ,}
   */
  public record HeaderChange(
      Map<String, String> set, Map<String, String> add, List<String> remove) {
    /** No change. */
    public static final HeaderChange NONE = new HeaderChange(Map.of(), Map.of(), List.of());

    public HeaderChange {
      set = Map.copyOf(set);
      add = Map.copyOf(add);
      remove = List.copyOf(remove);
    }
  }

  /** Retries in force; 0 attempts means none. */
  public record RetryPlan(int attempts, @Nullable Duration perTryTimeout, String retryOn) {}

  /** Faults in force; percentages 0 to 100, null where there is none. */
  public record FaultPlan(
      @Nullable Duration delay,
      @Nullable Double delayPercent,
      @Nullable Integer abortStatus,
      @Nullable String abortGrpcStatus,
      @Nullable Double abortPercent) {
    /** No fault. */
    public static final FaultPlan NONE = new FaultPlan(null, null, null, null, null);
  }

  /** A mirror and its chance, 0 to 100. */
  public record MirrorTarget(Target target, double percent) {}

  /**
   * One step of the explanation.
   *
   * @param step {@code listener}, {@code chain}, {@code virtual host}, {@code route}, {@code
   *     cluster}, {@code config}
   * @param subject the thing that was looked at
   * @param verdict {@code taken}, {@code rejected}, {@code ignored}
   * @param reason which condition, wanted, got
   * @param origin the place in an object, or null
   */
  public record Step(
      String step, String subject, Verdict verdict, String reason, @Nullable Origin origin) {}

  /** What became of the thing that a step looked at. */
  public enum Verdict {
    TAKEN,
    REJECTED,
    IGNORED
  }
}
