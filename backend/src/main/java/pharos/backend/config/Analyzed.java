package pharos.backend.config;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pharos.config.check.Analysis;
import pharos.config.check.CheckedMesh;
import pharos.config.check.Finding;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;

/**
 * The cluster's objects and all that the checks say of them.
 *
 * @param checked from which a draft goes on
 * @param findings in istioctl's order
 * @param skipped checks that did not run because a kind they read could not be listed
 * @param at when the analysis began
 * @param took how long it ran
 */
public record Analyzed(
    ClusterConfig config,
    CheckedMesh checked,
    List<Finding> findings,
    Map<ResourceKey, List<Finding>> byObject,
    List<Finding> withoutObject,
    List<SkippedCheck> skipped,
    Instant at,
    Duration took) {

  /** A check that did not run, and why. */
  public record SkippedCheck(String check, String reason) {}

  /** Findings sorted to the objects of the snapshot that they are about. */
  static Analyzed of(
      ClusterConfig config,
      CheckedMesh checked,
      List<SkippedCheck> skipped,
      Instant at,
      Duration took) {
    List<Finding> findings = checked.findings(Analysis.Filter.ALL);
    Map<ResourceKey, List<Finding>> byObject = new HashMap<>();
    List<Finding> without = new ArrayList<>();
    for (Finding finding : findings) {
      Resource resource = finding.resource();
      // MeshNetworks and the like are named by findings and are no objects.
      if (resource == null || config.resources().get(resource.key()) == null) {
        without.add(finding);
      } else {
        byObject.computeIfAbsent(resource.key(), _ -> new ArrayList<>()).add(finding);
      }
    }
    return new Analyzed(config, checked, findings, byObject, without, skipped, at, took);
  }

  /** Findings about one object. */
  public List<Finding> of(ResourceKey key) {
    return byObject.getOrDefault(key, List.of());
  }
}
