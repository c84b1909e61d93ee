package pharos.config.routing.compile;

import java.util.List;
import pharos.config.istio.view.MeshService;
import pharos.config.routing.effective.Cluster;

/** The services of the mesh and what is behind them, as far as listeners and routes need it. */
public interface ServiceDirectory {
  /** All services by age, name and namespace (R-ORD-3), after R-VIS-7. */
  List<MeshService> all();

  /**
   * What is behind a port of a service, in a stable order.
   *
   * @param port number of the service port
   */
  List<Cluster.Endpoint> endpoints(MeshService service, int port);
}
