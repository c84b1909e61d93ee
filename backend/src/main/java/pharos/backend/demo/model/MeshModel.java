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
 * @param metrics what all proxies keep
 */
public record MeshModel(
    List<String> namespaces,
    List<Service> services,
    List<Workload> workloads,
    List<ExternalHost> externals,
    List<TrafficSource> sources,
    List<GenericKubernetesResource> istioObjects,
    ProxyMetrics metrics) {

  /** Where the control plane and the gateways run. */
  public static final String ISTIO_NAMESPACE = "istio-system";

  /** A namespace without injection. */
  public static final String OUTSIDE_NAMESPACE = "legacy";

  /** The control plane's version that proxies and istiod report. */
  public static final String ISTIO_VERSION = "1.27.3";

  /** The name of the cluster in metric labels and node ids: Istio's default. */
  public static final String CLUSTER = "Kubernetes";

  public MeshModel {
    namespaces = List.copyOf(namespaces);
    services = List.copyOf(services);
    workloads = List.copyOf(workloads);
    externals = List.copyOf(externals);
    sources = List.copyOf(sources);
    istioObjects = List.copyOf(istioObjects);
  }
}
