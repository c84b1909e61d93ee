package pharos.backend.demo.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload of one version.
 *
 * @param app label {@code app}
 * @param version label {@code version}
 * @param labels further labels of its pods
 * @param replicas pods; 0 is a workload scaled down
 * @param restartEvery a container restart of its first pod each time this has passed; null for none
 * @param operations the first that accepts a request serves it
 */
public record Workload(
    String namespace,
    String name,
    String app,
    String version,
    Map<String, String> labels,
    Kind kind,
    DataPlane dataPlane,
    int replicas,
    @Nullable Duration restartEvery,
    List<Operation> operations) {

  private static final String CONTROL_PLANE = "istiod";

  public Workload {
    operations = List.copyOf(operations);
    var all = new TreeMap<>(labels);
    all.put("app", app);
    all.put("version", version);
    labels = Map.copyOf(all);
  }

  /** The Kubernetes kind that owns the pods. */
  public enum Kind {
    DEPLOYMENT,
    STATEFUL_SET
  }

  /** What carries its traffic. */
  public enum DataPlane {
    SIDECAR,
    GATEWAY,
    /** Not in the mesh: nothing reports for it. */
    NONE
  }

  /** A deployment with a sidecar and one pod. */
  public static Workload sidecar(
      String namespace, String name, String app, String version, Operation... operations) {
    return new Workload(
        namespace,
        name,
        app,
        version,
        Map.of(),
        Kind.DEPLOYMENT,
        DataPlane.SIDECAR,
        1,
        null,
        List.of(operations));
  }

  /** A gateway deployment, found by its label {@code istio}. */
  public static Workload gateway(String namespace, String name, String istioLabel) {
    return new Workload(
        namespace,
        name,
        name,
        "latest",
        Map.of("istio", istioLabel),
        Kind.DEPLOYMENT,
        DataPlane.GATEWAY,
        1,
        null,
        List.of());
  }

  /** The control plane, which has no proxy and metrics of its own. */
  public static Workload controlPlane() {
    return new Workload(
        MeshModel.ISTIO_NAMESPACE,
        CONTROL_PLANE,
        CONTROL_PLANE,
        "latest",
        Map.of("istio", "pilot"),
        Kind.DEPLOYMENT,
        DataPlane.NONE,
        1,
        null,
        List.of());
  }

  /** Whether this is {@link #controlPlane()}. */
  public boolean isControlPlane() {
    return name.equals(CONTROL_PLANE) && namespace.equals(MeshModel.ISTIO_NAMESPACE);
  }

  /** The same with this many pods. */
  public Workload scaled(int pods) {
    return new Workload(
        namespace, name, app, version, labels, kind, dataPlane, pods, restartEvery, operations);
  }

  /** The same as a stateful set. */
  public Workload stateful() {
    return new Workload(
        namespace,
        name,
        app,
        version,
        labels,
        Kind.STATEFUL_SET,
        dataPlane,
        replicas,
        restartEvery,
        operations);
  }

  /** The same outside of the mesh. */
  public Workload outOfMesh() {
    return new Workload(
        namespace,
        name,
        app,
        version,
        labels,
        kind,
        DataPlane.NONE,
        replicas,
        restartEvery,
        operations);
  }

  /** The same, and its first pod restarts each time this has passed. */
  public Workload restartingEvery(Duration period) {
    return new Workload(
        namespace, name, app, version, labels, kind, dataPlane, replicas, period, operations);
  }

  /** Name of its service account: one per app, as in Istio's samples. */
  public String serviceAccount() {
    return switch (dataPlane) {
      case GATEWAY -> name + "-service-account";
      case SIDECAR, NONE -> namespace.equals("bookinfo") ? "bookinfo-" + app : app;
    };
  }
}
