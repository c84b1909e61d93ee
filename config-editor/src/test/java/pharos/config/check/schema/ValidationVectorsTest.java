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
import pharos.config.check.Level;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;

/**
 * Istio's own validation cases, at the level of verdicts and of messages. They are upstream's data
 * and stay outside the repository; where they are missing this test says so.
 */
class ValidationVectorsTest {
  private static final Path VECTORS =
      Path.of("../../shared/vectors/istio-validation").toAbsolutePath();

  /** The schemas of the kinds, which upstream's table tests leave out, contradict none of them. */
  @TestFactory
  Stream<DynamicTest> schemaChecks_upstreamCases_refuseNoMoreThanTheWebhook() throws IOException {
    return cases().stream()
        .map(one -> DynamicTest.dynamicTest(Fields.text(one, "id"), () -> verifyChecks(one)));
  }

  @TestFactory
  Stream<DynamicTest> webhook_upstreamCases_judgesAsIstioDoes() throws IOException {
    return cases().stream()
        .map(one -> DynamicTest.dynamicTest(Fields.text(one, "id"), () -> verify(one)));
  }

  private static List<Node> cases() throws IOException {
    if (!Files.isDirectory(VECTORS)) {
      System.err.println("NOT RUN: Istio's validation cases are not beside this checkout");
      assumeTrue(false, "Istio's validation cases are not beside this checkout");
    }
    Node manifest =
        DocumentReader.value(Files.readString(VECTORS.resolve("manifest.json")), Limits.DEFAULT);
    return Fields.items(manifest, "cases");
  }

  private static void verifyChecks(Node one) throws IOException {
    String file = Fields.text(one, "input");
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read(file, Files.readAllBytes(VECTORS.resolve(file)));
    List<String> errors =
        Analysis.run(
                SchemaChecks.admission(),
                MeshView.of(Snapshot.of(reading.resources()), Instant.EPOCH),
                Analysis.Filter.ALL)
            .stream()
            .filter(finding -> finding.type().level() == Level.ERROR)
            .map(Finding::message)
            .toList();
    assertThat(!errors.isEmpty() || reading.resources().isEmpty())
        .as("errors %s", errors)
        .isEqualTo(Fields.flag(one, "expected", "error"));
  }

  private static void verify(Node one) throws IOException {
    String file = Fields.text(one, "input");
    DocumentReader.Reading reading =
        new DocumentReader(Limits.DEFAULT).read(file, Files.readAllBytes(VECTORS.resolve(file)));
    assertThat(reading.resources()).hasSizeLessThanOrEqualTo(1);
    SchemaChecks.Admission admission =
        reading.resources().isEmpty()
            ? new SchemaChecks.Admission(List.of(reading.refusals().toString()), List.of())
            : SchemaChecks.admit(reading.resources().getFirst());
    Node expected = Fields.node(one, "expected");
    assertThat(!admission.errors().isEmpty())
        .as("errors %s", admission.errors())
        .isEqualTo(Fields.flag(expected, "error"));
    if (Fields.has(expected, "warning")) {
      assertThat(!admission.warnings().isEmpty())
          .as("warnings %s", admission.warnings())
          .isEqualTo(Fields.flag(expected, "warning"));
    }
    assertThat(String.join("\n", admission.errors()))
        .contains(Fields.text(expected, "errorContains"));
    assertThat(String.join("\n", admission.warnings()))
        .contains(Fields.text(expected, "warningContains"));
  }
}
