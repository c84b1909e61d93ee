package pharos.backend.demo.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * A mesh as it is installed: what runs, who calls whom, and the Istio objects that it starts with.
 * The objects may be edited later; the rest stays.
 *
 * @param namespaces in the order of display; all but {@code istio-system} and {@link
 *     #OUTSIDE_NAMESPACE} are injected
 * @param istioObjects Gateway, VirtualService, DestinationRule and so on, as first applied
 * @param requestSizes whether proxies keep histograms of body sizes; a large mesh turns them off,
 *     as a Telemetry resource would
 * @param durationBounds upper bounds of the duration histograms' buckets in milliseconds, without
 *     infinity
 */
public record MeshModel(
    List<String> namespaces,
    List<Service> services,
    List<Workload> workloads,
    List<ExternalHost> externals,
    List<TrafficSource> sources,
    List<GenericKubernetesResource> istioObjects,
    boolean requestSizes,
    List<Double> durationBounds) {

  /** Where the control plane and the gateways run. */
  public static final String ISTIO_NAMESPACE = "istio-system";

  /** A namespace without injection. */
  public static final String OUTSIDE_NAMESPACE = "legacy";

  /** The control plane's version that proxies and istiod report. */
  public static final String ISTIO_VERSION = "1.27.3";

  /** The name of the cluster in metric labels and node ids: Istio's default. */
  public static final String CLUSTER = "Kubernetes";

  /** Istio's default buckets for {@code istio_request_duration_milliseconds}. */
  public static final List<Double> DEFAULT_BOUNDS =
      List.of(
          0.5, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0,
          30000.0, 60000.0, 300000.0, 600000.0, 1800000.0, 3600000.0);

  public MeshModel {
    namespaces = List.copyOf(namespaces);
    services = List.copyOf(services);
    workloads = List.copyOf(workloads);
    externals = List.copyOf(externals);
    sources = List.copyOf(sources);
    istioObjects = List.copyOf(istioObjects);
    durationBounds = List.copyOf(durationBounds);
  }
}
