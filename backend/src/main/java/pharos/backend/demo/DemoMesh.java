package pharos.backend.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.backend.demo.model.LargeMesh;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.MeshObjects;
import pharos.backend.demo.model.PodFact;
import pharos.backend.demo.model.Service;
import pharos.backend.demo.model.StoryMesh;
import pharos.backend.demo.routing.ObjectRouter;
import pharos.backend.demo.routing.RequestRouter;
import pharos.backend.demo.simulation.GroundTruth;
import pharos.backend.demo.simulation.MeshSimulation;

/**
 * A whole mesh in this process. {@link #start} opens the proxies' metrics endpoints and sets time
 * going; {@link #objects} then describes the mesh as a cluster would; {@link #apply} (which {@link
 * DemoCluster} calls) makes it follow edits; {@link #close} leaves neither port nor thread.
 */
public final class DemoMesh {
  private static final String POOL = "demo-mesh";

  private final Vertx vertx;
  private final DemoOptions options;
  private final MeshModel model;
  private final MeshSimulation simulation;
  private @Nullable ProxyVerticle running;
  private @Nullable String deployment;

  /** A mesh that does not run yet. */
  public DemoMesh(Vertx vertx, DemoOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.model =
        options.services() == 0
            ? StoryMesh.of(options.rate())
            : LargeMesh.of(options.services(), options.seed(), options.rate());
    this.simulation =
        new MeshSimulation(model, options.seed(), options.sampling(), router(model.istioObjects()));
  }

  private RequestRouter router(Collection<GenericKubernetesResource> objects) {
    return new ObjectRouter(objects, model.services().stream().map(Service::host).toList());
  }

  /** Opens the endpoints and, unless time is stepped by hand, lets time run. */
  public Future<Void> start() {
    var verticle = new ProxyVerticle(simulation, options);
    // A worker of its own: one thread steps and renders, so nothing needs a lock, and a long step
    // delays no event loop.
    var deploying =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(POOL)
            .setWorkerPoolSize(1);
    return vertx
        .deployVerticle(verticle, deploying)
        .map(id -> {
          running = verticle;
          deployment = id;
          return null;
        });
  }

  /** Closes the endpoints and stops time. Closing twice, or before the start, does nothing. */
  public Future<Void> close() {
    String id = deployment;
    deployment = null;
    running = null;
    return id == null ? Future.succeededFuture() : vertx.undeploy(id);
  }

  private ProxyVerticle running() {
    ProxyVerticle verticle = running;
    if (verticle == null) {
      throw new IllegalStateException("the demo mesh is not running (expected: after start)");
    }
    return verticle;
  }

  /** What runs. */
  public MeshModel model() {
    return model;
  }

  /** The port that every pod's metrics endpoint has, each on its pod's own address. */
  public int metricsPort() {
    return running().port();
  }

  /** The mesh as Kubernetes objects, to be loaded into an API server once the mesh has started. */
  public List<HasMetadata> objects() {
    return MeshObjects.of(model, PodFact.of(model.workloads()), running().port());
  }

  /**
   * From the next step on, proxies route by these objects and no others.
   *
   * @param objects all Istio objects of the mesh; kinds that do not route are ignored
   */
  public Future<Void> apply(Collection<GenericKubernetesResource> objects) {
    RequestRouter router = router(List.copyOf(objects));
    return running().call(() -> simulation.route(router)).map(v -> null);
  }

  /** Lets time pass at once, and sends the spans that ended meanwhile. */
  public Future<Void> step(Duration time) {
    ProxyVerticle verticle = running();
    return verticle.call(() -> verticle.advance(time));
  }

  /** Restarts the container of a pod, so that its counters begin at zero. */
  public Future<Void> restart(String podName) {
    return running().call(() -> simulation.restart(podName));
  }

  /** What really happened so far. */
  public Future<GroundTruth> truth() {
    return running().ask(simulation::truth);
  }

  /** Spans that could not be sent, because the receiver was slow or away. */
  public Future<Long> droppedSpans() {
    ProxyVerticle verticle = running();
    return verticle.ask(verticle::droppedSpans);
  }
}
