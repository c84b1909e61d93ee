package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import pharos.config.check.istio.IstioChecks;
import pharos.config.check.schema.SchemaChecks;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/**
 * istioctl's own analyzer cases. They are upstream's data and stay outside the repository; where
 * they are missing this test says so and the golden cases of this module stand in.
 */
class AnalyzeVectorsTest {
  private static final Path VECTORS =
      Path.of("../../shared/vectors/istio-analyze").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> analyzers_upstreamCases_reportTheSameCodesAndOrigins() throws IOException {
    if (!Files.isDirectory(VECTORS)) {
      System.err.println("NOT RUN: istioctl's analyzer cases are not beside this checkout");
      assumeTrue(false, "istioctl's analyzer cases are not beside this checkout");
    }
    Node manifest = read(VECTORS.resolve("manifest.json"));
    return Fields.items(manifest, "cases").stream()
        .map(one -> DynamicTest.dynamicTest(Fields.text(one, "id"), () -> verify(one)));
  }

  private static @Nullable Check check(Node one) {
    String name = Fields.text(one, "analyzer");
    return Stream.of(IstioChecks.standard(), IstioChecks.onRequest(), SchemaChecks.all())
        .flatMap(List::stream)
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static void verify(Node one) throws IOException {
    Check check = check(one);
    assertThat(check).isNotNull();
    Node meshConfig = optional(Fields.text(one, "meshConfigFile"));
    MeshView.MeshSettings mesh =
        new MeshView.MeshSettings(
            "istio-system", meshConfig, optional(Fields.text(one, "meshNetworksFile")));
    Map<String, Snapshot> clusters = new HashMap<>();
    for (var cluster : Fields.entries(one, "clusterInputFiles").entrySet()) {
      clusters.put(cluster.getKey(), snapshot(texts(cluster.getValue()), mesh));
    }
    Snapshot main = snapshot(Fields.texts(one, "inputFiles"), mesh);
    String name = "";
    if (!clusters.isEmpty()) {
      name = clusters.keySet().stream().sorted().findFirst().orElseThrow();
      main = java.util.Objects.requireNonNull(clusters.remove(name));
    }
    List<String> found =
        Analysis.run(
                List.of(check),
                new MeshView(main, mesh, clusters, name, Instant.now()),
                Analysis.Filter.ALL)
            .stream()
            .map(finding -> finding.type().code() + " " + finding.origin())
            .toList();
    List<String> expected =
        Fields.items(one, "expected").stream()
            .map(node -> Fields.text(node, "code") + " " + Fields.text(node, "origin"))
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> texts(Node node) {
    return node instanceof Node.Sequence items
        ? items.items().stream().map(Fields::text).toList()
        : List.of();
  }

  private static Snapshot snapshot(List<String> files, MeshView.MeshSettings mesh)
      throws IOException {
    List<Resource> documents = new ArrayList<>();
    for (String file : files) {
      documents.addAll(
          new DocumentReader(Limits.DEFAULT)
              .read(file, Files.readAllBytes(VECTORS.resolve(file)))
              .resources());
    }
    return Inputs.snapshot(documents, new Inputs.Options(null, true, true), mesh);
  }

  private static @Nullable Node optional(String file) throws IOException {
    return file.isEmpty() ? null : read(VECTORS.resolve(file));
  }

  private static Node read(Path file) throws IOException {
    Node node = DocumentReader.value(Files.readString(file), Limits.DEFAULT);
    assertThat(node).as(file.toString()).isNotNull();
    return java.util.Objects.requireNonNull(node);
  }
}
