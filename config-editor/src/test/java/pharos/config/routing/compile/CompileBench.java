package pharos.config.routing.compile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import pharos.config.bench.SizeTable;
import pharos.config.bench.GeneratedMesh;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Proxy;
import pharos.config.routing.effective.EffectiveConfig;

/**
 * Compiling the routing of a {@link GeneratedMesh} of 100, 1,000 and 5,000 services, without
 * DestinationRules. {@code main} prints tables of time and of memory.
 */
public class CompileBench {
  /** Knows the whole mesh: no Sidecar narrows it. */
  private static final Proxy SIDECAR = Proxy.sidecar("elsewhere", Map.of());

  /** The mesh. */
  @State(Scope.Benchmark)
  public static class Mesh {
    /** How many services. */
    @Param({"100", "1000", "5000"})
    public int services;

    private Snapshot snapshot = Snapshot.EMPTY;
    private Proxy gateway = SIDECAR;

    /** Makes it. */
    @Setup
    public void prepare() {
      snapshot = Snapshot.of(GeneratedMesh.read(GeneratedMesh.yaml(services)));
      gateway =
          Proxy.gateway(
              "istio-system",
              Fields.map(snapshot.all(Kinds.GATEWAY).getFirst().spec(), "selector"));
    }

    MeshRouting routing() {
      return MeshRouting.of(snapshot, MeshConfig.DEFAULT, (_, _, _) -> new PlainClusters());
    }
  }

  /** A compiled mesh of which one object goes to another version of itself. */
  @State(Scope.Benchmark)
  public static class Edit {
    /** Kind of the object. */
    @Param({"VirtualService", "Gateway", "Service", "Pod"})
    public String kind = "";

    private MeshRouting live =
        MeshRouting.of(Snapshot.EMPTY, MeshConfig.DEFAULT, (_, _, _) -> new PlainClusters());
    private List<Resource> changed = List.of();

    /** Compiles the mesh. */
    @Setup
    public void prepare(Mesh mesh) {
      live = mesh.routing();
      everything(live.effective(SIDECAR));
      Resource first =
          mesh.snapshot.all().stream()
              .filter(resource -> resource.key().kind().name().equals(kind))
              .findFirst()
              .orElseThrow();
      changed =
          List.of(new Resource(first.key(), first.apiVersion(), first.root(), first.source()));
    }
  }

  private static int everything(EffectiveConfig config) {
    int made = config.listeners().ports().size();
    for (String name : config.routes().names()) {
      made += config.routes().find(name) == null ? 0 : 1;
    }
    return made;
  }

  /** From objects to what no proxy differs in. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public MeshRouting mesh(Mesh mesh) {
    return mesh.routing();
  }

  /** From objects to all listeners and routes of a sidecar that knows every service. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public int meshAndSidecar(Mesh mesh) {
    return everything(mesh.routing().effective(SIDECAR));
  }

  /** From objects to all listeners and routes of a gateway with all hosts. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public int meshAndGateway(Mesh mesh) {
    return everything(mesh.routing().effective(mesh.gateway));
  }

  /** One object replaced, then all listeners and routes of a sidecar that knows every service. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public int afterEditOf(Mesh mesh, Edit edit) {
    Snapshot edited = mesh.snapshot.overlay(edit.changed, Set.of());
    return everything(edit.live.with(edited).effective(SIDECAR));
  }

  /** Prints milliseconds, then megabytes, by number of services. */
  public static void main(String[] args) throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CompileBench.class.getName() + (args.length > 0 ? "." + args[0] : ""))
                    .build())
            .run();
    SizeTable table = SizeTable.of(results);
    for (int services : List.of(100, 1_000, 5_000)) {
      megabytes(services, table);
    }
    table.print();
  }

  /** What stays on the heap beside the objects themselves. */
  private static void megabytes(int services, SizeTable table) {
    Mesh mesh = new Mesh();
    mesh.services = services;
    mesh.prepare();
    double before = used();
    MeshRouting routing = mesh.routing();
    double compiled = used();
    everything(routing.effective(SIDECAR));
    double withSidecar = used();
    everything(routing.effective(mesh.gateway));
    double withGateway = used();
    table.put("MB of the mesh", services, compiled - before);
    table.put("MB more with a sidecar", services, withSidecar - compiled);
    table.put("MB more with a gateway", services, withGateway - withSidecar);
    if (routing.resources() != mesh.snapshot) {
      throw new IllegalStateException("another snapshot than the one that was compiled");
    }
  }

  private static double used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }
}
