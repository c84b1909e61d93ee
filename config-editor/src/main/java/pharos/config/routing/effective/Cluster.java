package pharos.config.routing.effective;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/**
 * A cluster of a proxy.
 *
 * @param name {@code outbound|port|subset|host} (R-OB-40)
 * @param subset empty for none
 * @param policy what shapes it, with where each part came from
 * @param endpoints empty for the types that have none of their own
 */
public record Cluster(
    String name,
    String host,
    int port,
    String subset,
    Type type,
    Policy policy,
    List<Endpoint> endpoints) {
  public Cluster {
    endpoints = List.copyOf(endpoints);
  }

  /** Envoy's discovery type. */
  public enum Type {
    EDS,
    STRICT_DNS,
    LOGICAL_DNS,
    ORIGINAL_DST,
    DYNAMIC_FORWARD_PROXY,
    /** Of the black hole: no endpoints ever. */
    STATIC;

    /** Whether endpoints decide if requests can be answered. */
    public boolean hasEndpoints() {
      return this == EDS || this == STRICT_DNS || this == LOGICAL_DNS;
    }
  }

  /**
   * One address behind a cluster.
   *
   * @param ready not ready ones are known and not used (R-DR-55)
   * @param locality {@code region/zone/subzone}, or empty
   * @param priority 0 is best (R-DR-43)
   * @param workload name of its pod or entry, or empty
   */
  public record Endpoint(
      String address,
      int port,
      Map<String, String> labels,
      boolean ready,
      String locality,
      int priority,
      int weight,
      String workload) {
    public Endpoint {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * The traffic policy in force. Each block is the object's own tree with where it stands, since
   * blocks are replaced as a whole and never merged (R-DR-20, R-DR-21).
   *
   * @param destinationRule the rule the client sees, or null
   * @param mergedFrom all objects that the consolidated rule was made of (R-DR-12)
   * @param subsetLabels of the subset; empty for none
   * @param blocks by field: {@code loadBalancer}, {@code connectionPool}, {@code outlierDetection},
   *     {@code tls}, {@code tunnel}, {@code proxyProtocol}, {@code retryBudget}
   * @param ignored rules for the host, and parts of rules, that say nothing here, and why
   */
  public record Policy(
      @Nullable ResourceKey destinationRule,
      List<ResourceKey> mergedFrom,
      Map<String, String> subsetLabels,
      Map<String, Block> blocks,
      List<Ignored> ignored) {
    /** No rule applies. */
    public static final Policy NONE = new Policy(null, List.of(), Map.of(), Map.of());

    public Policy {
      mergedFrom = List.copyOf(mergedFrom);
      subsetLabels = Map.copyOf(subsetLabels);
      blocks = Map.copyOf(blocks);
      ignored = List.copyOf(ignored);
    }

    /** One for which nothing was ignored. */
    public Policy(
        @Nullable ResourceKey destinationRule,
        List<ResourceKey> mergedFrom,
        Map<String, String> subsetLabels,
        Map<String, Block> blocks) {
      this(destinationRule, mergedFrom, subsetLabels, blocks, List.of());
    }
  }

  /**
   * One block of a policy.
   *
   * @param source the object it stands in; null for the mesh's default
   * @param level where in the object: {@code top}, {@code port}, {@code subset}, {@code subset
   *     port}, {@code mesh}
   */
  public record Block(Node value, @Nullable ResourceKey source, Path path, Level level) {}

  /** Where a block of a policy stands. */
  public enum Level {
    TOP,
    PORT,
    SUBSET,
    SUBSET_PORT,
    MESH
  }
}
