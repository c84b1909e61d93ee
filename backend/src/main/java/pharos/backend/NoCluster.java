package pharos.backend;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import pharos.backend.config.ClusterConfig;
import pharos.backend.config.ConfigSource;
import pharos.backend.traffic.MeshInventory;
import pharos.backend.traffic.SourceStatus;
import pharos.graph.sample.Inventory;

/** Stands where no cluster is configured: graphs are then built from telemetry alone. */
final class NoCluster implements MeshInventory {
  private final SourceStatus status;

  NoCluster(Instant now) {
    this.status =
        new SourceStatus(
            "kubernetes",
            "cluster",
            SourceStatus.State.DOWN,
            null,
            now,
            "no cluster is configured (see --kubeconfig)",
            List.of(),
            Map.of());
  }

  @Override
  public Inventory current() {
    return Inventory.unknown();
  }

  @Override
  public SourceStatus status() {
    return status;
  }

  @Override
  public void onChange(Runnable listener) {
    // It never changes.
  }

  /** No objects, for the same reason. */
  ConfigSource config() {
    return new ConfigSource() {
      @Override
      public ClusterConfig current() {
        return ClusterConfig.unknown(status.detail());
      }

      @Override
      public void onChange(Runnable listener) {
        // It never changes.
      }
    };
  }
}
