package pharos.config.check.traffic;

import pharos.config.check.MeshView;
import pharos.config.istio.MeshConfig;
import pharos.config.istio.view.VirtualService;
import pharos.config.istio.view.VirtualServiceReader;
import pharos.config.resource.Resource;

/** What the routing rules read, as they read it. */
public final class Views {
  private Views() {}

  /** The mesh's own settings. */
  public static MeshConfig config(MeshView.MeshSettings mesh) {
    return MeshConfig.of(mesh.meshConfig(), mesh.istioNamespace());
  }

  /** A VirtualService with its names completed. */
  public static VirtualService of(Resource virtualService, MeshView.MeshSettings mesh) {
    return VirtualServiceReader.read(virtualService, config(mesh));
  }
}
