package pharos.config.routing.difference;

import java.util.List;
import pharos.config.routing.Proxy;

/**
 * What changes for the requests of one proxy.
 *
 * @param changes classes that are treated differently, each with a witness
 * @param undecided classes of which nobody knows; nothing is proven about them
 */
public record Difference(Proxy proxy, List<Change> changes, List<Undecided> undecided) {
  public Difference {
    changes = List.copyOf(changes);
    undecided = List.copyOf(undecided);
  }

  /**
   * A class that could not be decided.
   *
   * @param where listener and hosts, for people
   * @param reason which condition, and why
   */
  public record Undecided(String where, String reason) {}

  /** Whether it is proven that every request is treated as before. */
  public boolean provenEqual() {
    return changes.isEmpty() && undecided.isEmpty();
  }
}
