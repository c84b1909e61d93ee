package pharos.config.bench;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
import pharos.config.check.AllChecks;
import pharos.config.check.Analysis;
import pharos.config.check.CheckedMesh;
import pharos.config.check.Finding;
import pharos.config.check.FindingsDelta;
import pharos.config.check.MeshView;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/**
 * Reading and checking a {@link GeneratedMesh} of 100, 1,000 and 5,000 services, and answering one
 * edit with the difference it makes. Targets at 1,000: a full check within 2 s on one core right
 * after the start, an edit within 50 ms. {@code main} prints a table.
 */
public class CheckBench {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** The mesh. */
  @State(Scope.Benchmark)
  public static class Mesh {
    /** How many services. */
    @Param({"100", "1000", "5000"})
    public int services;

    private String yaml = "";
    private List<Resource> resources = List.of();

    /** Makes it. */
    @Setup
    public void prepare() {
      yaml = GeneratedMesh.yaml(services);
      resources = GeneratedMesh.read(yaml);
    }

    MeshView view() {
      return MeshView.of(GeneratedMesh.snapshot(resources), NOW);
    }
  }

  /** A checked mesh of which one object goes back and forth between two versions. */
  @State(Scope.Benchmark)
  public static class Edit {
    /** Kind of the object. */
    @Param({
      "VirtualService",
      "DestinationRule",
      "Service",
      "Pod",
      "Gateway",
      "ServiceEntry",
      "Sidecar",
      "AuthorizationPolicy"
    })
    public String kind = "";

    private CheckedMesh live = CheckedMesh.of(List.of(), MeshView.of(Snapshot.EMPTY, NOW));
    private List<Finding> findings = List.of();
    private Resource object = GeneratedMesh.read(GeneratedMesh.destinationRule(0, 1)).getFirst();

    /** Checks the mesh. */
    @Setup
    public void prepare(Mesh mesh) {
      live = CheckedMesh.of(AllChecks.standard(), mesh.view());
      findings = live.findings(Analysis.Filter.ALL);
      Resource first =
          live.mesh().resources().all().stream()
              .filter(resource -> resource.key().kind().name().equals(kind))
              .filter(resource -> resource.key().namespace().equals("team-1"))
              .findFirst()
              .orElseThrow();
      object = new Resource(first.key(), first.apiVersion(), first.root(), first.source());
    }
  }

  /** Text to objects. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 2)
  @Measurement(iterations = 3, time = 2)
  public List<Resource> parse(Mesh mesh) {
    return GeneratedMesh.read(mesh.yaml);
  }

  /** The first check of a process that has only read its objects. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(3)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public List<Finding> fullCheckCold(Mesh mesh) {
    return fullCheckWarm(mesh);
  }

  /** All checks with empty indexes. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 2)
  @Measurement(iterations = 3, time = 2)
  public List<Finding> fullCheckWarm(Mesh mesh) {
    return CheckedMesh.of(AllChecks.standard(), mesh.view()).findings(Analysis.Filter.ALL);
  }

  /** One object replaced, the whole mesh answered for, and the difference told. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Fork(1)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public FindingsDelta afterEditOf(Mesh mesh, Edit edit) {
    CheckedMesh proposed = edit.live.with(List.of(edit.object), Set.of());
    return FindingsDelta.between(edit.findings, proposed.findings(Analysis.Filter.ALL));
  }

  /** Prints milliseconds by number of services. */
  public static void main(String[] args) throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CheckBench.class.getName() + (args.length > 0 ? "." + args[0] : ""))
                    .build())
            .run();
    SizeTable.of(results).print();
  }
}
