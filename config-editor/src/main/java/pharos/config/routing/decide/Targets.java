package pharos.config.routing.decide;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.Decision.Failure;
import pharos.config.routing.Decision.LocalReply;
import pharos.config.routing.Decision.Target;
import pharos.config.routing.Decision.TargetEdits;
import pharos.config.routing.effective.Cluster;
import pharos.config.routing.effective.EffectiveConfig.Clusters;

/** Clusters as destinations: whether they exist, and who answers there. */
final class Targets {
  private final Clusters clusters;

  Targets(Clusters clusters) {
    this.clusters = clusters;
  }

  Target of(String name, int weight, @Nullable TargetEdits edits) {
    Cluster cluster = clusters.find(name);
    if (cluster == null) {
      Name parts = Name.of(name);
      return new Target(
          name,
          parts.host,
          parts.port,
          parts.subset,
          weight,
          0,
          0,
          null,
          Failure.NO_CLUSTER,
          edits);
    }
    int ready = 0;
    for (Cluster.Endpoint endpoint : cluster.endpoints()) {
      ready += endpoint.ready() ? 1 : 0;
    }
    // R-DR-56; clusters of other types dial what the client or the name says.
    boolean unhealthy = cluster.type().hasEndpoints() && ready == 0;
    return new Target(
        name,
        cluster.host(),
        cluster.port(),
        cluster.subset(),
        weight,
        cluster.endpoints().size(),
        ready,
        cluster.policy().destinationRule(),
        unhealthy ? Failure.NO_HEALTHY_UPSTREAM : null,
        edits);
  }

  /** What the proxy answers when all destinations fail in one way (R-ENV-20), or null. */
  static @Nullable LocalReply reply(List<Target> targets, int missingClusterStatus) {
    Failure failure = targets.getFirst().failure();
    for (Target target : targets) {
      if (!Objects.equals(target.failure(), failure)) {
        return null;
      }
    }
    return switch (failure) {
      case null -> null;
      case NO_CLUSTER -> new LocalReply(missingClusterStatus, "NC");
      case NO_HEALTHY_UPSTREAM -> new LocalReply(503, "UH");
    };
  }

  /** What the name of a cluster that does not exist says (R-OB-40, R-AMB-8). */
  private record Name(int port, String subset, String host) {
    static Name of(String name) {
      String[] parts = name.split("\\|", -1);
      if (parts.length != 4 || !parts[1].matches("[0-9]{1,5}")) {
        return new Name(0, "", "");
      }
      String subset = parts[2];
      if (parts[0].equals("inbound-vip")) {
        int slash = subset.indexOf('/');
        subset = slash < 0 ? "" : subset.substring(slash + 1);
      }
      return new Name(Integer.parseInt(parts[1]), subset, parts[3]);
    }
  }
}
