package pharos.backend.demo.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.config.check.Analysis;
import pharos.config.check.MeshView;
import pharos.config.check.istio.IstioChecks;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Resource;
import pharos.config.resource.Snapshot;

/** The story has the one mistake that it tells of, and no other that istioctl would find. */
final class StoryFindingsTest {
  private static List<String> findings(MeshModel model) {
    var yaml = new KubernetesSerialization();
    var reader = new DocumentReader(Limits.DEFAULT);
    var resources = new ArrayList<Resource>();
    for (HasMetadata object : MeshObjects.of(model, PodFact.of(model.workloads()), 15020)) {
      DocumentReader.Reading reading = reader.read("demo", yaml.asYaml(object));
      assertThat(reading.refusals()).isEmpty();
      resources.addAll(reading.resources());
    }
    var mesh = MeshView.of(Snapshot.of(resources), Instant.parse("2026-11-21T00:00:00Z"));
    return Analysis.run(IstioChecks.standard(), mesh, Analysis.Filter.ALL).stream()
        .map(finding -> finding.type().code() + " " + finding.origin())
        .toList();
  }

  @Test
  void story_hasTheOneMistakeItTellsOf() {
    assertThat(findings(StoryMesh.of(1))).containsExactly("IST0101 VirtualService shop/pricing");
  }

  @Test
  void generatedMesh_hasNone() {
    assertThat(findings(LargeMesh.of(60, 1, 1))).isEmpty();
  }
}
