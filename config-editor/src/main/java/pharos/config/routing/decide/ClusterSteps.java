package pharos.config.routing.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.view.Origin;
import pharos.config.resource.ResourceKey;
import pharos.config.routing.Decision;
import pharos.config.routing.Decision.MirrorTarget;
import pharos.config.routing.Decision.Outcome;
import pharos.config.routing.Decision.Step;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Decision.Verdict;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig.Clusters;

/** What stands behind the destinations of a decision, and which objects shaped it. */
final class ClusterSteps {
  private static final int MOST_NAMES = 8;

  private final Clusters clusters;
  private final Map<String, String> missing = new ConcurrentHashMap<>();

  ClusterSteps(Clusters clusters) {
    this.clusters = clusters;
  }

  void of(Track track, Outcome outcome, List<Step> steps) {
    switch (outcome) {
      case Decision.Forward forward -> {
        forward.destinations().forEach(target -> add("cluster", target, track, steps));
        for (MirrorTarget mirror : forward.mirrors()) {
          add("mirror", mirror.target(), track, steps);
        }
      }
      case Decision.TcpForward tcp ->
          tcp.destinations().forEach(target -> add("cluster", target, track, steps));
      case Decision.Passthrough passthrough ->
          steps.add(
              new Step(
                  "cluster",
                  passthrough.cluster(),
                  Verdict.TAKEN,
                  "goes on to where the client addressed it, without routes, policies or mTLS"
                      + " (R-OB-22, R-OB-25)",
                  null));
      case Decision.Blackhole _ ->
          steps.add(
              new Step(
                  "cluster",
                  "BlackHoleCluster",
                  Verdict.REJECTED,
                  "outboundTrafficPolicy is REGISTRY_ONLY, and the destination is not registered"
                      + " (R-OB-22)",
                  null));
      case Decision.Redirect _,
          Decision.DirectResponse _,
          Decision.NotFound _,
          Decision.NoListener _,
          Decision.TlsMismatch _,
          Decision.RejectedConfig _ -> {}
    }
  }

  private void add(String step, Target target, Track track, List<Step> steps) {
    Cluster cluster = clusters.find(target.cluster());
    if (cluster == null) {
      steps.add(new Step(step, target.cluster(), Verdict.REJECTED, reason(target), null));
      return;
    }
    steps.add(step(step, target, cluster, track));
    cluster.policy().ignored().forEach(one -> steps.add(Explanation.ignored(one)));
  }

  private static Step step(String step, Target target, Cluster cluster, Track track) {
    List<String> reasons = new ArrayList<>();
    if (target.failure() == null) {
      reasons.add(
          cluster.type().hasEndpoints()
              ? "%d of %d endpoints ready".formatted(target.ready(), target.endpoints())
              : dialled(cluster, track));
    } else {
      reasons.add(
          target.endpoints() == 0
              ? "it has no endpoints: 503 UH (R-DR-56)"
              : "none of its %d endpoints is ready: 503 UH (R-DR-56)"
                  .formatted(target.endpoints()));
    }
    if (!cluster.policy().subsetLabels().isEmpty()) {
      reasons.add("labels " + labels(cluster.policy().subsetLabels()));
    }
    ResourceKey rule = cluster.policy().destinationRule();
    reasons.add(rule == null ? "no DestinationRule applies" : "policy of " + rule.origin());
    if (cluster.policy().mergedFrom().size() > 1) {
      reasons.add(
          "merged from "
              + cluster.policy().mergedFrom().stream()
                  .map(key -> key.namespace() + "/" + key.name())
                  .collect(Collectors.joining(", "))
              + " (R-DR-12)");
    }
    cluster.policy().blocks().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(block ->
            reasons.add(
                "%s from the %s level"
                    .formatted(
                        block.getKey(),
                        block
                            .getValue()
                            .level()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' '))));
    return new Step(
        step,
        target.cluster(),
        target.failure() == null ? Verdict.TAKEN : Verdict.REJECTED,
        String.join("; ", reasons),
        rule == null ? null : Origin.of(rule));
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
  }

  private static String dialled(Cluster cluster, Track track) {
    return switch (cluster.type()) {
      case ORIGINAL_DST ->
          "goes on to the address that the client dialled (%s), without load balancing (R-OB-30)"
              .formatted(addressOf(track.connection().address()));
      case DYNAMIC_FORWARD_PROXY -> "goes to what the Host resolves to (R-OB-35)";
      case EDS, STRICT_DNS, LOGICAL_DNS, STATIC -> "";
    };
  }

  private static String addressOf(@Nullable String address) {
    return address == null ? "none is known" : address;
  }

  /** Looking for it takes all names of a large mesh. */
  private String reason(Target target) {
    String known = missing.get(target.cluster());
    return known == null ? missing.computeIfAbsent(target.cluster(), _ -> missing(target)) : known;
  }

  /** R-ENV-20: which part of the name the proxy does not know. */
  private String missing(Target target) {
    TreeSet<Integer> ports = new TreeSet<>();
    TreeSet<String> subsets = new TreeSet<>();
    boolean host = false;
    for (String name : clusters.names()) {
      if (!target.host().isEmpty() && name.endsWith("|" + target.host())) {
        Cluster known = clusters.find(name);
        if (known != null && known.host().equals(target.host())) {
          host = true;
          ports.add(known.port());
          if (known.port() == target.port() && !known.subset().isEmpty()) {
            subsets.add(known.subset());
          }
        }
      }
    }
    String end = ": no such cluster (NC, R-ENV-20, R-OB-42)";
    if (!host) {
      return "the proxy knows no service %s%s".formatted(target.host(), end);
    }
    if (!ports.contains(target.port())) {
      return "%s has no port %d for this proxy (it has %s)%s"
          .formatted(target.host(), target.port(), ports, end);
    }
    return "the DestinationRule that this proxy sees for %s defines no subset %s (%s)%s (R-DR-26)"
        .formatted(
            target.host(),
            target.subset(),
            subsets.isEmpty()
                ? "it defines none, or there is no rule"
                : "it defines "
                    + subsets.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")),
            end);
  }
}
