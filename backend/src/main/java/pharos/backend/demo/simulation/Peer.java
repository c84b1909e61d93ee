package pharos.backend.demo.simulation;

import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.Workload;

/**
 * One end of a call as metric labels name it. Compared by identity: there is one per workload, and
 * {@link #UNKNOWN}.
 */
final class Peer {
  /** Somebody without a proxy, or an end that was never reached. */
  static final Peer UNKNOWN = new Peer(null);

  private final @Nullable Workload workload;

  Peer(@Nullable Workload workload) {
    this.workload = workload;
  }

  @Nullable Workload workload() {
    return workload;
  }

  /**
   * The labels of this end; each ends with a comma.
   *
   * @param end {@code source} or {@code destination}
   */
  String labels(String end, boolean legacy) {
    String name = "unknown";
    String namespace = "unknown";
    String app = "unknown";
    String version = "unknown";
    String principal = "unknown";
    String cluster = "unknown";
    if (workload != null) {
      name = workload.name();
      namespace = workload.namespace();
      app = workload.app();
      version = workload.version();
      principal = "spiffe://cluster.local/ns/" + namespace + "/sa/" + workload.serviceAccount();
      cluster = MeshModel.CLUSTER;
    }
    var text = new StringBuilder();
    label(text, end + "_workload", name);
    label(text, end + "_canonical_service", app);
    label(text, end + "_canonical_revision", workload == null ? "latest" : version);
    label(text, end + "_workload_namespace", namespace);
    label(text, end + "_principal", principal);
    if (legacy) {
      label(text, end + "_app", app);
      label(text, end + "_version", version);
    }
    label(text, end + "_cluster", cluster);
    return text.toString();
  }

  static void label(StringBuilder text, String name, String value) {
    text.append(name).append("=\"").append(value).append("\",");
  }
}
