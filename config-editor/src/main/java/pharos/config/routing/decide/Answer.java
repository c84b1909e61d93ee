package pharos.config.routing.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.HeaderOperations.Edits;
import pharos.config.istio.view.HttpRoute;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.FaultPlan;
import pharos.config.routing.Decision.HeaderChange;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.MirrorTarget;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.RetryPlan;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Decision.TargetEdits;
import pharos.config.routing.compile.ClusterNames;
import pharos.config.routing.effective.RouteEntry;
import pharos.config.routing.effective.RouteEntry.WeightedCluster;
import pharos.config.routing.effective.VirtualHost;

/**
 * What a route entry does with the requests that reach it. Nearly everything is the same for all of
 * them and made once.
 */
sealed interface Answer {
  Outcome to(Facts facts);

  static Answer of(
      VirtualHost host, RouteEntry entry, PathTest match, Targets targets, Patterns patterns) {
    HeaderChange response = HeaderFold.of(entry.headers().response());
    FaultPlan fault = fault(entry.fault());
    return switch (entry.action()) {
      case RouteEntry.Redirect redirect -> new Redirecting(redirect, match, response, fault);
      case RouteEntry.DirectResponse direct when host.name().equals(UNKNOWN_BLOCKED) ->
          new Constant(new Decision.Blackhole(direct.status()));
      case RouteEntry.DirectResponse direct ->
          new Constant(
              new Decision.DirectResponse(direct.status(), direct.body(), response, fault));
      case RouteEntry.Forward forward -> forwarding(entry, forward, match, targets, patterns);
      case RouteEntry.Invalid invalid ->
          new Constant(new Decision.RejectedConfig(invalid.reason()));
    };
  }

  /** The virtual host that answers for unknown Hosts under {@code REGISTRY_ONLY} (R-OB-22). */
  String UNKNOWN_BLOCKED = "block_all";

  private static Answer forwarding(
      RouteEntry entry,
      RouteEntry.Forward forward,
      PathTest match,
      Targets targets,
      Patterns patterns) {
    WeightedCluster only = forward.clusters().getFirst();
    if (only.cluster().equals(ClusterNames.PASSTHROUGH)
        || only.cluster().equals(ClusterNames.DYNAMIC_DNS)) {
      return new Constant(new Decision.Passthrough(only.cluster()));
    }
    List<Target> destinations = new ArrayList<>();
    for (WeightedCluster cluster : forward.clusters()) {
      destinations.add(
          forward.clusters().size() == 1
              ? targets.of(cluster.cluster(), 100, null)
              : targets.of(cluster.cluster(), cluster.weight(), edits(cluster)));
    }
    List<MirrorTarget> mirrors = new ArrayList<>();
    for (RouteEntry.MirrorPolicy mirror : forward.mirrors()) {
      mirrors.add(new MirrorTarget(targets.of(mirror.cluster(), 100, null), mirror.percent()));
    }
    // R-ENV-24: the rule's authority overrides a destination's.
    String authority = forward.rewrite().authority();
    boolean several = destinations.size() > 1;
    return new Forwarding(
        List.copyOf(destinations),
        Targets.reply(destinations, forward.missingClusterStatus()),
        PathRewriter.of(forward.rewrite().path(), match, patterns),
        authority.isEmpty() && !several ? only.authority() : authority,
        headers(forward, entry.headers().request(), only.headers().request()),
        headers(forward, entry.headers().response(), only.headers().response()),
        forward.timeout(),
        new RetryPlan(
            forward.retries().attempts(),
            forward.retries().perTryTimeout(),
            forward.retries().retryOn()),
        fault(entry.fault()),
        List.copyOf(mirrors),
        entry.cors() == null ? null : new CrossOrigin(entry.cors(), patterns));
  }

  /** What every request of a rule gets; several destinations have their own besides. */
  private static HeaderChange headers(RouteEntry.Forward forward, Edits rule, Edits only) {
    if (forward.clusters().size() > 1) {
      return HeaderFold.of(rule);
    }
    return forward.weighted() ? HeaderFold.levels(only, rule) : HeaderFold.merged(rule, only);
  }

  private static @Nullable TargetEdits edits(WeightedCluster cluster) {
    HeaderChange request = HeaderFold.of(cluster.headers().request());
    HeaderChange response = HeaderFold.of(cluster.headers().response());
    boolean none =
        request.equals(HeaderChange.NONE)
            && response.equals(HeaderChange.NONE)
            && cluster.authority().isEmpty();
    return none ? null : new TargetEdits(request, response, cluster.authority());
  }

  /** R-HTTP-66, R-HTTP-67: a percentage that nobody wrote is 0, and the fault never fires. */
  private static FaultPlan fault(HttpRoute.@Nullable Fault fault) {
    if (fault == null) {
      return FaultPlan.NONE;
    }
    boolean aborts = fault.abortStatus() != 0 || !fault.abortGrpcStatus().isEmpty();
    return new FaultPlan(
        fault.delay(),
        fault.delay() == null ? null : fault.delayPercent(),
        fault.abortStatus() == 0 ? null : fault.abortStatus(),
        fault.abortGrpcStatus().isEmpty() ? null : fault.abortGrpcStatus(),
        aborts ? fault.abortPercent() : null);
  }

  /** The same for every request. */
  record Constant(Outcome outcome) implements Answer {
    @Override
    public Outcome to(Facts facts) {
      return outcome;
    }
  }

  record Redirecting(
      RouteEntry.Redirect redirect, PathTest match, HeaderChange response, FaultPlan fault)
      implements Answer {
    @Override
    public Outcome to(Facts facts) {
      return new Decision.Redirect(
          redirect.status(), RedirectLocation.of(redirect, match, facts), response, fault);
    }
  }

  /**
   * Sends requests on.
   *
   * @param authority empty keeps the client's (R-HTTP-54)
   */
  record Forwarding(
      List<Target> destinations,
      @Nullable LocalReply reply,
      PathRewriter path,
      String authority,
      HeaderChange request,
      HeaderChange response,
      @Nullable Duration timeout,
      RetryPlan retries,
      FaultPlan fault,
      List<MirrorTarget> mirrors,
      @Nullable CrossOrigin cors)
      implements Answer {
    @Override
    public Outcome to(Facts facts) {
      HeaderChange answered = response;
      if (cors != null) {
        HeaderChange preflight = cors.preflight(facts);
        if (preflight != null) {
          return new Decision.DirectResponse(200, null, preflight, fault);
        }
        answered = cors.marked(response, facts);
      }
      return new Decision.Forward(
          destinations,
          reply,
          new Decision.UpstreamRequest(
              path.rewritten(facts),
              authority.isEmpty() ? facts.request().authority() : authority,
              request),
          answered,
          timeout,
          retries,
          fault,
          mirrors);
    }
  }
}
