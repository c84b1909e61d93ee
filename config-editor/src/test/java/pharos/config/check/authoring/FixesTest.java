package pharos.config.check.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pharos.config.check.Analysis;
import pharos.config.check.Finding;
import pharos.config.check.Inputs;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;

/** What the checks of slips offer to write instead. */
class FixesTest {
  private static final Path CASES = Path.of("src/test/resources/golden/check");

  private static List<Finding> findings(String text) {
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read("mesh.yaml", text);
    assertThat(reading.refusals()).isEmpty();
    MeshView mesh =
        MeshView.of(
            Inputs.snapshot(
                reading.resources(),
                new Inputs.Options("default", true, true),
                MeshView.MeshSettings.DEFAULT),
            Instant.EPOCH);
    return Analysis.run(AuthoringChecks.all(), mesh, Analysis.Filter.ALL);
  }

  private static long count(List<Finding> findings, Finding like) {
    return findings.stream().filter(one -> one.type() == like.type()).count();
  }

  @Test
  void apply_everyFixOfTheGoldenMeshes_resolvesItsFindingAndBringsNoOther() throws IOException {
    int fixes = 0;
    try (Stream<Path> files = Files.walk(CASES)) {
      for (Path file : files.filter(path -> path.endsWith("mesh.yaml")).toList()) {
        if (!file.toString().contains("authoring.") && !file.toString().contains("notes-")) {
          continue;
        }
        String text = Files.readString(file);
        List<Finding> before = findings(text);
        for (Finding finding : before) {
          if (finding.fixes().isEmpty()) {
            continue;
          }
          List<Finding> after = findings(finding.fixes().getFirst().apply(text));
          assertThat(count(after, finding))
              .as("%s: %s at %s", file, finding.message(), finding.path())
              .isEqualTo(count(before, finding) - 1);
          assertThat(after).hasSizeLessThan(before.size() + 1);
          fixes++;
        }
      }
    }
    assertThat(fixes).isGreaterThan(20);
  }
}
