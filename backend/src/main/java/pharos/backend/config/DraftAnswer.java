package pharos.backend.config;

import java.time.Duration;
import java.util.List;
import pharos.config.check.FindingsDelta;
import pharos.config.resource.Refusal;
import pharos.config.resource.ResourceKey;

/**
 * What a draft would change in what the checks say of the whole mesh.
 *
 * @param objects the proposed objects and what they mean for the cluster
 * @param took how long the checks ran
 */
public record DraftAnswer(
    List<Change> objects,
    FindingsDelta findings,
    List<Refusal> refusals,
    List<Analyzed.SkippedCheck> skipped,
    Duration took) {

  /** What would happen to one object. */
  public record Change(ResourceKey key, Effect effect) {}

  /** How an object would differ from the cluster's. */
  public enum Effect {
    CREATED("created"),
    CHANGED("changed"),
    UNCHANGED("unchanged"),
    REMOVED("removed");

    private final String wireName;

    Effect(String wireName) {
      this.wireName = wireName;
    }

    /** As APIs name it. */
    public String wireName() {
      return wireName;
    }
  }
}
