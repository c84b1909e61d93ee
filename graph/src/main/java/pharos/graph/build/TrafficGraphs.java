package pharos.graph.build;

import java.util.List;
import pharos.graph.GraphOptions;
import pharos.graph.TrafficGraph;
import pharos.graph.health.HealthPolicy;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Samples;

/** Builds graphs. The same samples give the same graph, whatever order they arrive in. */
public final class TrafficGraphs {
  private TrafficGraphs() {}

  /** The graph, judged by the default tolerances. */
  public static TrafficGraph of(Samples samples, Inventory inventory, GraphOptions options) {
    return of(samples, inventory, options, HealthPolicy.DEFAULT);
  }

  /** The graph, judged by {@code policy}. */
  public static TrafficGraph of(
      Samples samples, Inventory inventory, GraphOptions options, HealthPolicy policy) {
    return new TrafficGraph(
        options.kind(),
        samples.at(),
        samples.window(),
        options.namespaces(),
        List.of(),
        List.of(),
        List.of(),
        samples.complete(),
        samples.warnings());
  }
}
