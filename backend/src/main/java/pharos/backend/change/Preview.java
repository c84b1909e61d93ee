package pharos.backend.change;

import java.util.List;
import pharos.config.resource.ResourceKey;

/**
 * A change before it is accepted.
 *
 * @param owners other writers of its objects
 * @param trials what the API server, with its admission webhooks, says of each step
 */
public record Preview(Change change, List<Owned> owners, List<Trial> trials) {
  public Preview {
    owners = List.copyOf(owners);
    trials = List.copyOf(trials);
  }

  /** An object and somebody else who writes it. */
  public record Owned(ResourceKey key, Owner owner) {}

  /**
   * A dry run.
   *
   * @param step its number
   * @param message why it would be refused; empty when it would not
   */
  public record Trial(int step, boolean accepted, String message) {}
}
