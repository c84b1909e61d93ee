package pharos.config.istio;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;

/**
 * What the mesh's own configuration says about routing, defaults applied (section 0.6 of the
 * routing semantics).
 *
 * @param rootNamespace holds the mesh-wide Sidecar and the last-resort DestinationRules (R-VIS-9)
 * @param clusterDomain of Kubernetes Services: {@code cluster.local}
 * @param serviceExportTo for Services and ServiceEntries that say nothing (R-VIS-5)
 * @param virtualServiceExportTo for VirtualServices that say nothing (R-VIS-3)
 * @param destinationRuleExportTo for DestinationRules that say nothing (R-DR-2)
 * @param tree the MeshConfig itself, for blocks that are used as they are; null for none
 */
public record MeshConfig(
    String rootNamespace,
    String clusterDomain,
    OutboundPolicy outboundPolicy,
    boolean autoMtls,
    List<String> serviceExportTo,
    List<String> virtualServiceExportTo,
    List<String> destinationRuleExportTo,
    Duration connectTimeout,
    PathNormalization pathNormalization,
    int httpProxyPort,
    @Nullable Node tree) {
  /** A default installation. */
  public static final MeshConfig DEFAULT = of(null, "istio-system");

  public MeshConfig {
    serviceExportTo = List.copyOf(serviceExportTo);
    virtualServiceExportTo = List.copyOf(virtualServiceExportTo);
    destinationRuleExportTo = List.copyOf(destinationRuleExportTo);
  }

  /** What sidecars do with destinations nobody declared (R-OB-22). */
  public enum OutboundPolicy {
    REGISTRY_ONLY,
    ALLOW_ANY,
    ALLOW_ANY_DYNAMIC_DNS;

    /** Reads a mode; anything unknown is the enum's zero, {@code REGISTRY_ONLY} (R-SC-4). */
    public static OutboundPolicy parse(String mode) {
      return switch (mode) {
        case "ALLOW_ANY" -> ALLOW_ANY;
        case "ALLOW_ANY_DYNAMIC_DNS" -> ALLOW_ANY_DYNAMIC_DNS;
        default -> REGISTRY_ONLY;
      };
    }
  }

  /** How paths are cleaned up before anything looks at them (R-ENV-30). */
  public enum PathNormalization {
    NONE,
    BASE,
    MERGE_SLASHES,
    DECODE_AND_MERGE_SLASHES
  }

  /**
   * Reads a MeshConfig.
   *
   * @param tree null for an installation that configures nothing
   * @param istioNamespace where the control plane runs: the default root namespace
   */
  public static MeshConfig of(@Nullable Node tree, String istioNamespace) {
    Node outbound = Fields.node(tree, "outboundTrafficPolicy");
    Duration connect = Durations.parse(Fields.text(tree, "connectTimeout"));
    return new MeshConfig(
        text(tree, "rootNamespace", istioNamespace),
        "cluster.local",
        outbound == null
            ? OutboundPolicy.ALLOW_ANY
            : OutboundPolicy.parse(Fields.text(outbound, "mode")),
        !Fields.has(tree, "enableAutoMtls") || Fields.flag(tree, "enableAutoMtls"),
        exportTo(tree, "defaultServiceExportTo"),
        exportTo(tree, "defaultVirtualServiceExportTo"),
        exportTo(tree, "defaultDestinationRuleExportTo"),
        connect == null ? Duration.ofSeconds(10) : connect,
        switch (Fields.text(tree, "pathNormalization", "normalization")) {
          case "NONE" -> PathNormalization.NONE;
          case "MERGE_SLASHES" -> PathNormalization.MERGE_SLASHES;
          case "DECODE_AND_MERGE_SLASHES" -> PathNormalization.DECODE_AND_MERGE_SLASHES;
          default -> PathNormalization.BASE;
        },
        (int) Fields.number(tree, "proxyHttpPort"),
        tree);
  }

  private static String text(@Nullable Node tree, String key, String otherwise) {
    String text = Fields.text(tree, key);
    return text.isEmpty() ? otherwise : text;
  }

  private static List<String> exportTo(@Nullable Node tree, String key) {
    List<String> scopes = Fields.texts(tree, key);
    return scopes.isEmpty() ? List.of(Visibility.EVERYWHERE) : scopes;
  }
}
