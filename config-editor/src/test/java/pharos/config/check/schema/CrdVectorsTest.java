package pharos.config.check.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import pharos.config.check.Analysis;
import pharos.config.check.Finding;
import pharos.config.check.IstioMessage;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;

/**
 * Istio's own cases for its CRDs: what schema and webhook together accept. They are upstream's data
 * and stay outside the repository; where they are missing this test says so.
 */
class CrdVectorsTest {
  private static final Path VECTORS =
      Path.of("../../shared/vectors/istio-validation").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> schemaChecks_upstreamCases_acceptWhatTheApiServerAccepts()
      throws IOException {
    if (!Files.isDirectory(VECTORS)) {
      System.err.println("NOT RUN: Istio's CRD cases are not beside this checkout");
      assumeTrue(false, "Istio's CRD cases are not beside this checkout");
    }
    Node manifest =
        DocumentReader.value(
            Files.readString(VECTORS.resolve("crd-manifest.json")), Limits.DEFAULT);
    return Fields.items(manifest, "cases").stream()
        .map(one -> DynamicTest.dynamicTest(Fields.text(one, "id"), () -> verify(one)));
  }

  private static void verify(Node one) throws IOException {
    List<Finding> errors = errors(Fields.text(one, "input"));
    assertThat(errors.isEmpty())
        .as("%s", errors.stream().map(Finding::message).toList())
        .isEqualTo(Fields.flag(one, "expected", "accepted"));
  }

  /** The errors among the findings, as {@code pharos check --only schema} would give them. */
  private static List<Finding> errors(String file) throws IOException {
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read(file, Files.readAllBytes(VECTORS.resolve(file)));
    assertThat(reading.refusals()).isEmpty();
    return Analysis.run(
            SchemaChecks.all(),
            MeshView.of(Snapshot.of(reading.resources()), Instant.EPOCH),
            Analysis.Filter.ALL)
        .stream()
        .filter(finding -> finding.type() == IstioMessage.SCHEMA_VALIDATION_ERROR)
        .toList();
  }
}
