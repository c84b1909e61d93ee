package pharos.graph.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import pharos.graph.GraphKind;
import pharos.graph.GraphOptions;
import pharos.graph.TrafficGraph;
import pharos.graph.build.RandomMesh;
import pharos.graph.build.TrafficGraphs;
import pharos.graph.sample.Inventory;
import pharos.graph.sample.Samples;
import pharos.graph.view.FindExpression;
import pharos.graph.view.GraphDelta;
import pharos.graph.view.GraphViews;

/**
 * A mesh of 5,000 edges from 50,000 series of requests and bytes, with 9,000 histograms. The target
 * is 100 ms per graph on two cores. {@code main} prints a table.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class GraphBench {
  private Samples samples = RandomMesh.of(1, 1, 1, 1, 1);
  private TrafficGraph graph = TrafficGraphs.of(samples, Inventory.unknown(), GraphOptions.DEFAULT);
  private TrafficGraph next = graph;
  private FindExpression expression = valid("ns = team-1 and httpin > 1 or rt > 500");

  /** Makes the mesh. */
  @Setup
  public void prepare() {
    samples = RandomMesh.of(1, 50, 1_500, 5_000, 5);
    graph = workloads();
    next =
        TrafficGraphs.of(
            RandomMesh.of(2, 50, 1_500, 5_000, 5), Inventory.unknown(), GraphOptions.DEFAULT);
    expression = valid("ns = team-1 and httpin > 1 or rt > 500");
  }

  private static FindExpression valid(String text) {
    return switch (FindExpression.parse(text)) {
      case FindExpression.Parsed.Valid valid -> valid.expression();
      case FindExpression.Parsed.Invalid invalid ->
          throw new IllegalStateException(invalid.message());
    };
  }

  /** Whole mesh, workloads. */
  @Benchmark
  public TrafficGraph workloads() {
    return TrafficGraphs.of(samples, Inventory.unknown(), GraphOptions.DEFAULT);
  }

  /** Whole mesh, versioned apps with injected services. */
  @Benchmark
  public TrafficGraph versionedAppsWithServices() {
    return TrafficGraphs.of(
        samples,
        Inventory.unknown(),
        GraphOptions.DEFAULT.withKind(GraphKind.VERSIONED_APP).withInjectServiceNodes(true));
  }

  /** Whole mesh, services only. */
  @Benchmark
  public TrafficGraph services() {
    return TrafficGraphs.of(
        samples, Inventory.unknown(), GraphOptions.DEFAULT.withKind(GraphKind.SERVICE));
  }

  /** One namespace of fifty, from the samples of the whole mesh. */
  @Benchmark
  public TrafficGraph oneNamespace() {
    return TrafficGraphs.of(
        samples, Inventory.unknown(), GraphOptions.DEFAULT.withNamespaces(Set.of("team-1")));
  }

  /** Two graphs that differ in every row. */
  @Benchmark
  public GraphDelta delta() {
    return GraphDelta.between(graph, next);
  }

  /** An expression over all rows. */
  @Benchmark
  public FindExpression.Matches find() {
    return GraphViews.find(graph, expression);
  }

  /** Prints milliseconds per operation. */
  public static void main(String[] args) throws Exception {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(GraphBench.class.getName()).build()).run();
    System.out.printf(Locale.ROOT, "%n%-30s %10s %10s%n", "work", "ms", "±");
    for (RunResult result : results) {
      System.out.printf(
          Locale.ROOT,
          "%-30s %10.2f %10.2f%n",
          result.getPrimaryResult().getLabel(),
          result.getPrimaryResult().getScore(),
          result.getPrimaryResult().getScoreError());
    }
  }
}
