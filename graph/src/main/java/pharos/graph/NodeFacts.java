package pharos.graph;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.graph.sample.Inventory.ConfigFlag;

/**
 * What is known of a node beside its name.
 *
 * @param parent {@link Box#id()} of the innermost box around it; null for none
 * @param flags what is special about it
 * @param config what Istio configuration does to its traffic
 * @param labels Kubernetes labels, empty when unknown
 * @param hosts of {@code destination_service} labels that led here, or of the ServiceEntry; sorted
 * @param versions versions seen behind an app or service node; sorted
 * @param replicas null when the node is no workload or the cluster is unknown
 * @param rank 1 (most edges) to 100 (fewest); null when not ranked
 */
public record NodeFacts(
    @Nullable String parent,
    Set<NodeFlag> flags,
    Set<ConfigFlag> config,
    Map<String, String> labels,
    List<String> hosts,
    List<String> versions,
    @Nullable Replicas replicas,
    Health health,
    @Nullable Integer rank,
    NodeRates rates) {

  /** Nothing is known. */
  public static final NodeFacts NONE =
      new NodeFacts(
          null,
          Set.of(),
          Set.of(),
          Map.of(),
          List.of(),
          List.of(),
          null,
          Health.NONE,
          null,
          NodeRates.NONE);

  public NodeFacts {
    flags = immutable(flags, NodeFlag.class);
    config = immutable(config, ConfigFlag.class);
    labels = Map.copyOf(labels);
    hosts = List.copyOf(hosts);
    versions = List.copyOf(versions);
  }

  public boolean is(NodeFlag flag) {
    return flags.contains(flag);
  }

  public NodeFacts withParent(@Nullable String newParent) {
    return new NodeFacts(
        newParent, flags, config, labels, hosts, versions, replicas, health, rank, rates);
  }

  public NodeFacts withRank(@Nullable Integer newRank) {
    return new NodeFacts(
        parent, flags, config, labels, hosts, versions, replicas, health, newRank, rates);
  }

  /** In the order of the enum, so that output is the same each time. */
  private static <E extends Enum<E>> Set<E> immutable(Set<E> set, Class<E> type) {
    if (set.isEmpty()) {
      return Set.of();
    }
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(set);
    return Collections.unmodifiableSet(copy);
  }

  /**
   * @param desired replicas asked for
   * @param current replicas that exist
   * @param available replicas that are ready
   * @param syncedProxies proxies in sync with the control plane; null when unknown
   */
  public record Replicas(
      int desired, int current, int available, @Nullable Integer syncedProxies) {}
}
