package pharos.config.istio.view;

import java.util.List;
import pharos.config.resource.ResourceKey;

/**
 * A VirtualService, written by a user or translated from a Gateway API route or an Ingress. Names
 * are resolved: short hosts expanded (R-NAME-10, R-NAME-12), gateway references as {@code mesh} or
 * {@code namespace/name} (R-NAME-15).
 *
 * @param key of the object, or of the oldest route of a translated one (R-GWAPI-10)
 * @param created {@code metadata.creationTimestamp}, seconds since 1970; 0 when unknown, which
 *     sorts as oldest (R-ORD-1)
 * @param hosts empty for a delegate (R-VS-1)
 * @param gateways never empty: {@code mesh} when none is written (R-VS-2)
 * @param exportTo as written; empty means the mesh's default (R-VIS-3)
 * @param dialect whose rules hold for prefixes, missing clusters and order
 */
public record VirtualService(
    ResourceKey key,
    long created,
    List<String> hosts,
    List<String> gateways,
    List<String> exportTo,
    List<HttpRoute> http,
    List<StreamRoute> tls,
    List<StreamRoute> tcp,
    Dialect dialect) {
  /** The name of "all sidecars" in gateway lists. */
  public static final String MESH = "mesh";

  public VirtualService {
    hosts = List.copyOf(hosts);
    gateways = List.copyOf(gateways);
    exportTo = List.copyOf(exportTo);
    http = List.copyOf(http);
    tls = List.copyOf(tls);
    tcp = List.copyOf(tcp);
  }

  /** What a VirtualService was written as (R-GWAPI-33). */
  public enum Dialect {
    ISTIO,
    GATEWAY_API,
    INGRESS
  }

  /** Namespace of the object. */
  public String namespace() {
    return key.namespace();
  }
}
