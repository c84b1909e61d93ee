package pharos.config.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Index;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/**
 * What a check sees: the resources, the settings of the mesh, and in a multi-cluster mesh the other
 * clusters.
 *
 * @param resources of the cluster that is checked
 * @param mesh mesh-wide settings
 * @param remotes other clusters by name, without {@link #cluster}
 * @param cluster name of the checked cluster; empty when there is only one
 * @param now for certificates
 */
public record MeshView(
    Snapshot resources,
    MeshSettings mesh,
    Map<String, Snapshot> remotes,
    String cluster,
    Instant now) {
  public MeshView {
    remotes = Map.copyOf(remotes);
  }

  /** One cluster with default settings. */
  public static MeshView of(Snapshot resources, Instant now) {
    return new MeshView(resources, MeshSettings.DEFAULT, Map.of(), "", now);
  }

  /** All of a kind in the checked cluster. */
  public List<Resource> all(ResourceKey.Kind kind) {
    return resources.all(kind);
  }

  /** One resource of the checked cluster, or null. */
  public @Nullable Resource find(ResourceKey.Kind kind, String namespace, String name) {
    return resources.get(new ResourceKey(kind, namespace, name));
  }

  /** What an index says of the checked cluster's resources. */
  public <T> T index(Index<T> index) {
    return resources.index(index);
  }

  /**
   * Settings of the mesh that checks and routing read.
   *
   * @param istioNamespace where the control plane runs
   * @param meshConfig the MeshConfig as given, or null for defaults
   * @param meshNetworks the MeshNetworks as given, or null for none
   */
  public record MeshSettings(
      String istioNamespace, @Nullable Node meshConfig, @Nullable Node meshNetworks) {
    /** A default installation. */
    public static final MeshSettings DEFAULT = new MeshSettings("istio-system", null, null);

    /** A text of the MeshConfig, or its default. */
    public String text(String key, String otherwise) {
      return meshConfig != null
              && meshConfig.get(key) instanceof Node.Scalar scalar
              && scalar.value() != null
          ? scalar.text()
          : otherwise;
    }

    /** The MeshNetworks as the resource that findings name, or null when there are none. */
    public @Nullable Resource meshNetworksResource() {
      return meshNetworks instanceof Node.Mapping root
          ? new Resource(
              new ResourceKey(
                  new ResourceKey.Kind("", "MeshNetworks"), istioNamespace, "meshnetworks"),
              "",
              root,
              Resource.Source.LIVE)
          : null;
    }

    /** {@code rootNamespace}: objects in it apply to the whole mesh. */
    public String rootNamespace() {
      return text("rootNamespace", istioNamespace);
    }
  }
}
