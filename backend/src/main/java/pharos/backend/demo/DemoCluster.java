package pharos.backend.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.demo.apiserver.ApiServer;
import pharos.backend.demo.apiserver.Change;
import pharos.backend.demo.apiserver.ClusterObjects;

/**
 * The demo mesh together with its simulated API server. What is edited through the API server, the
 * mesh follows within a fraction of a second.
 */
public final class DemoCluster {
  private static final Logger LOG = LoggerFactory.getLogger(DemoCluster.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NETWORKING = "networking.istio.io/v1";
  private static final Set<String> ROUTING_KINDS =
      Set.of("VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "Sidecar");

  /** Edits of several objects at once are taken in together, as istiod debounces its pushes. */
  private static final long DEBOUNCE_MILLIS = 100;

  private final Vertx vertx;
  private final DemoMesh mesh;
  private final ClusterObjects objects;
  private final ApiServer server;
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile Runnable unsubscribe = () -> {};

  /** A cluster that does not run yet. */
  public DemoCluster(Vertx vertx, DemoOptions options, Clock clock, ApiServer.Options api) {
    this.vertx = vertx;
    this.mesh = new DemoMesh(vertx, options);
    this.objects = new ClusterObjects(clock);
    this.server = new ApiServer(vertx, objects, api);
  }

  /**
   * Starts the mesh, loads its objects and opens the API server.
   *
   * @return the URL of the API server
   */
  public Future<String> start() {
    return mesh.start()
        .compose(_ -> vertx.executeBlocking(this::load))
        .compose(_ -> server.start(0))
        .onSuccess(_ -> unsubscribe = objects.subscribe(this::heard));
  }

  private boolean load() throws JsonProcessingException {
    var serialization = new KubernetesSerialization();
    for (HasMetadata object : mesh.objects()) {
      objects.put((ObjectNode) JSON.readTree(serialization.asJson(object)));
    }
    return true;
  }

  /** Runs under the store's lock: only notes that there is something to do. */
  private void heard(Change change) {
    if (ROUTING_KINDS.contains(change.object().path("kind").asText())
        && changed.compareAndSet(false, true)) {
      vertx.setTimer(DEBOUNCE_MILLIS, _ -> follow());
    }
  }

  private void follow() {
    changed.set(false);
    var _ =
        vertx
            .executeBlocking(this::routingObjects)
            .compose(mesh::apply)
            .onFailure(e -> LOG.warn("the demo mesh did not follow an edit", e));
  }

  private List<GenericKubernetesResource> routingObjects() throws JsonProcessingException {
    var all = new ArrayList<GenericKubernetesResource>();
    for (String kind : ROUTING_KINDS) {
      for (ObjectNode node : objects.list(NETWORKING, kind)) {
        all.add(JSON.treeToValue(node, GenericKubernetesResource.class));
      }
    }
    return all;
  }

  /** The mesh. */
  public DemoMesh mesh() {
    return mesh;
  }

  /** The API server, with its faults and its record of calls. */
  public ApiServer apiServer() {
    return server;
  }

  /** What the API server stores. */
  public ClusterObjects objects() {
    return objects;
  }

  /** Closes the API server and the mesh. */
  public Future<Void> close() {
    unsubscribe.run();
    return server.stop().compose(_ -> mesh.close());
  }
}
