package pharos.config.istio.view;

import org.jspecify.annotations.Nullable;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.Fields;

/** The mesh's own retry policy for routes that have none (R-HTTP-60). */
public final class MeshRetries {
  private MeshRetries() {}

  /** {@code defaultHttpRetryPolicy}, or null when the mesh sets none. */
  public static HttpRoute.@Nullable Retries of(MeshConfig mesh) {
    return HttpRouteReader.retries(Fields.node(mesh.tree(), "defaultHttpRetryPolicy"));
  }
}
