package pharos.graph.build;

import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.TrafficGraph;
import pharos.graph.health.HealthJudge;
import pharos.graph.health.HealthPolicy;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Samples;
import pharos.graph.view.GraphViews;

/**
 * Builds graphs with Kiali's arithmetic (reference §3); {@code graph/RATIONALE.md} lists where it
 * differs on purpose. The same samples give the same graph, whatever order they arrive in.
 */
public final class TrafficGraphs {
  private TrafficGraphs() {}

  /** The graph, judged by the default tolerances. */
  public static TrafficGraph of(Samples samples, Inventory inventory, GraphOptions options) {
    return of(samples, inventory, options, HealthPolicy.DEFAULT);
  }

  /** The graph, judged by {@code policy}. */
  public static TrafficGraph of(
      Samples samples, Inventory inventory, GraphOptions options, HealthPolicy policy) {
    ClusterFacts facts = new ClusterFacts(inventory);
    Requested requested = Requested.of(samples, inventory, options);
    NodeNames names = new NodeNames(options.kind());
    Calls calls = new Calls(names, requested, facts, options);
    new Intake(calls, requested, options).take(samples);

    NamespaceMerge merge = new NamespaceMerge(requested, options.idleEdges());
    calls.all().forEach(merge::add);
    ServiceEntries entries = new ServiceEntries(inventory.serviceEntries(), names);
    if (!entries.isEmpty()) {
      merge.apply(entries);
    }
    Draft draft = new Draft(names);
    merge.mergeInto(draft);
    Pruning.removeDeadNodes(draft, facts);
    if (options.spans()) {
      SpanJoin.join(draft, calls, requested, samples);
    }
    if (options.idleNodes()) {
      IdleNodes.add(draft, facts, requested, options);
    }
    if (!options.waypoints()) {
      Pruning.removeWaypoints(draft);
    }
    new Marks(facts, requested).set(draft);
    if (options.kind() == GraphKind.SERVICE) {
      ServiceReduction.apply(draft);
    }
    TrafficGraph graph =
        new Finish(facts, requested, options, new HealthJudge(policy)).graph(draft, samples);
    return GraphViews.ranked(graph, true, true);
  }
}
