package pharos.backend.demo.simulation;

import java.time.Duration;
import java.util.Locale;
import pharos.backend.demo.model.LargeMesh;
import pharos.backend.demo.model.MeshModel;
import pharos.backend.demo.model.Service;
import pharos.backend.demo.routing.ObjectRouter;

/**
 * Prints what a large mesh costs: stepping a second of traffic, and rendering all proxies. Run it
 * by hand with the number of services as argument; it is not a test.
 */
final class LargeMeshBenchmark {
  private static final int WARM_UP_SECONDS = 60;
  private static final int MEASURED_SECONDS = 60;

  private LargeMeshBenchmark() {}

  public static void main(String[] args) {
    int services = args.length == 0 ? 1_000 : Integer.parseInt(args[0]);
    long start = System.nanoTime();
    MeshModel model = LargeMesh.of(services, 1, 1);
    var router =
        new ObjectRouter(
            model.istioObjects(), model.services().stream().map(Service::host).toList());
    var simulation = new MeshSimulation(model, 1, 0.01, router);
    print("build the mesh, ms", (System.nanoTime() - start) / 1e6);
    simulation.step(Duration.ofSeconds(WARM_UP_SECONDS));
    long requests = simulation.truth().totalRequests();

    start = System.nanoTime();
    long spans = 0;
    for (int i = 0; i < MEASURED_SECONDS; i++) {
      simulation.step(Duration.ofSeconds(1));
      var count = new long[1];
      simulation.drainSpans(_ -> count[0]++);
      spans += count[0];
    }
    double perSecond = (System.nanoTime() - start) / 1e6 / MEASURED_SECONDS;
    print(
        "requests per simulated second",
        (double) (simulation.truth().totalRequests() - requests) / MEASURED_SECONDS);
    print("spans per simulated second", (double) spans / MEASURED_SECONDS);
    print("stepping one second, ms", perSecond);

    var out = new TextWriter();
    long bytes = 0;
    for (int round = 0; round < 5; round++) {
      start = System.nanoTime();
      bytes = 0;
      for (int pod = 0; pod < simulation.pods().size(); pod++) {
        out.clear();
        simulation.render(pod, out);
        bytes += out.toBytes().length;
      }
    }
    print("rendering all proxies, ms", (System.nanoTime() - start) / 1e6);
    print("text of all proxies, MB", bytes / 1e6);
    print("edges with traffic", simulation.truth().edges().size());
    print("pods", simulation.pods().size());
    print("workloads", model.workloads().size());
    print("Istio objects", model.istioObjects().size());
  }

  private static void print(String what, double value) {
    System.out.println(String.format(Locale.ROOT, "%-34s %12.2f", what, value));
  }
}
