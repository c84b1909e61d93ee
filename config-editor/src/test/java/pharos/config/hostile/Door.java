package pharos.config.hostile;

import java.time.Instant;
import java.util.List;
import pharos.config.check.AllChecks;
import pharos.config.check.Analysis;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.Inputs;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Refusal;

/** The way of a document from its bytes to its findings. */
final class Door {
  static final String FILE = "hostile.yaml";
  private static final List<Check> CHECKS = AllChecks.standard();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Door() {}

  /** What came out. */
  record Answer(DocumentReader.Reading reading, List<Finding> findings) {
    Answer {
      findings = List.copyOf(findings);
    }

    List<Refusal> refusals() {
      return reading.refusals();
    }
  }

  static Answer pass(byte[] document) {
    DocumentReader.Reading reading = new DocumentReader(Limits.DEFAULT).read(FILE, document);
    MeshView mesh =
        MeshView.of(
            Inputs.snapshot(
                reading.resources(),
                new Inputs.Options("default", true, true),
                MeshView.MeshSettings.DEFAULT),
            NOW);
    return new Answer(reading, Analysis.run(CHECKS, mesh, Analysis.Filter.ALL));
  }
}
