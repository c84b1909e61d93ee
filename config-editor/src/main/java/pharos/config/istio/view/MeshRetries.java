package pharos.config.istio.view;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.Fields;

/** The mesh's own retry policies, for routes that have none. */
public final class MeshRetries {
  private MeshRetries() {}

  /** R-HTTP-60: {@code defaultHttpRetryPolicy}, or null when the mesh sets none. */
  public static HttpRoute.@Nullable Retries of(MeshConfig mesh) {
    return HttpRouteReader.retries(Fields.node(mesh.tree(), "defaultHttpRetryPolicy"));
  }

  /** R-HTTP-64: {@code defaultInboundHttpRetryPolicy}, or null when the mesh sets none. */
  public static HttpRoute.@Nullable Retries inbound(MeshConfig mesh) {
    return HttpRouteReader.retries(Fields.node(mesh.tree(), "defaultInboundHttpRetryPolicy"));
  }
}
