package pharos.config.istio.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/**
 * A DestinationRule, as far as clients of its host go.
 *
 * @param key of the object that a user wrote; for a translated one the first of them
 * @param created as {@link VirtualService#created()}
 * @param host as istiod sees it: a short name is expanded already (R-NAME-10)
 * @param exportTo literally what was written, empty for nothing; {@code .} alone with a selector
 *     (R-DR-2). Sets are compared as they stand (R-DR-15), so {@code .} stays {@code .}
 * @param selector labels of the clients that it is for; null without a {@code workloadSelector}
 * @param policy null without a top-level {@code trafficPolicy}
 * @param subsets in order
 * @param dialect of the object; a policy of the Gateway API lies under every other (R-DR-18)
 */
public record DestinationRule(
    ResourceKey key,
    long created,
    String host,
    Set<String> exportTo,
    @Nullable Map<String, String> selector,
    @Nullable TrafficPolicy policy,
    List<Subset> subsets,
    VirtualService.Dialect dialect) {
  public static final String LOAD_BALANCER = "loadBalancer";
  public static final String CONNECTION_POOL = "connectionPool";
  public static final String OUTLIER_DETECTION = "outlierDetection";
  public static final String TLS = "tls";
  public static final String TUNNEL = "tunnel";
  public static final String PROXY_PROTOCOL = "proxyProtocol";
  public static final String RETRY_BUDGET = "retryBudget";

  /** The blocks that an entry of {@code portLevelSettings} can hold (R-DR-20). */
  public static final List<String> PORT_BLOCKS =
      List.of(LOAD_BALANCER, CONNECTION_POOL, OUTLIER_DETECTION, TLS);

  /** All blocks of a traffic policy. */
  public static final List<String> BLOCKS =
      List.of(
          LOAD_BALANCER,
          CONNECTION_POOL,
          OUTLIER_DETECTION,
          TLS,
          TUNNEL,
          PROXY_PROTOCOL,
          RETRY_BUDGET);

  public DestinationRule {
    exportTo = Set.copyOf(exportTo);
    selector = selector == null ? null : Map.copyOf(selector);
    subsets = List.copyOf(subsets);
  }

  /** Namespace of the object. */
  public String namespace() {
    return key.namespace();
  }

  /**
   * A named part of a service's endpoints.
   *
   * @param labels that its endpoints have; empty for all endpoints (R-DR-25)
   * @param policy null for none
   */
  public record Subset(
      String name, Map<String, String> labels, @Nullable TrafficPolicy policy, Origin origin) {
    public Subset {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A traffic policy.
   *
   * @param settings the blocks that are set, by field
   * @param ports what {@code portLevelSettings} say, by service port; of two entries for one port
   *     the first
   */
  public record TrafficPolicy(
      Map<String, Setting> settings, Map<Integer, Map<String, Setting>> ports) {
    public TrafficPolicy {
      settings = Map.copyOf(settings);
      Map<Integer, Map<String, Setting>> copy = new LinkedHashMap<>();
      ports.forEach((port, blocks) -> copy.put(port, Map.copyOf(blocks)));
      ports = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * A block of a traffic policy, which is used or replaced as a whole.
   *
   * @param object and {@code path}: where it stands
   */
  public record Setting(Node value, ResourceKey object, Path path) {}
}
