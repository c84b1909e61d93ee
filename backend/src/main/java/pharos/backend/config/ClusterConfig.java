package pharos.backend.config;

import java.util.Map;
import pharos.config.check.MeshView.MeshSettings;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;

/**
 * What is known of the cluster's configuration at one moment.
 *
 * @param unknownBecause why nothing is known; empty once the cluster was listed
 * @param unreadable kinds that the cluster may hold but that could not be listed, and why
 */
public record ClusterConfig(
    String unknownBecause,
    Snapshot resources,
    MeshSettings mesh,
    Map<ResourceKey.Kind, String> unreadable) {
  public ClusterConfig {
    unreadable = Map.copyOf(unreadable);
  }

  /** Nothing has been listed, for a reason. */
  public static ClusterConfig unknown(String because) {
    return new ClusterConfig(because, Snapshot.EMPTY, MeshSettings.DEFAULT, Map.of());
  }

  /** Whether the cluster was listed. */
  public boolean known() {
    return unknownBecause.isEmpty();
  }
}
