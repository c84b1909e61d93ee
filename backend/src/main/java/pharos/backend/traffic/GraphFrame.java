package pharos.backend.traffic;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pharos.graph.TrafficGraph;
import pharos.graph.view.FindExpression.Matches;

/**
 * One picture of a view with all that a viewer must know about its numbers.
 *
 * @param seq counts the frames of a live view from 1; 0 for a picture of its own
 * @param topology changes when nodes, edges or boxes come or go
 * @param sources as they were when the frame was made
 * @param staleSince when the source stopped answering; null while the graph is current
 * @param found what {@code find} matched; null without an expression
 */
public record GraphFrame(
    TrafficGraph graph,
    long seq,
    String topology,
    List<SourceStatus> sources,
    @Nullable Instant staleSince,
    Origin origin,
    @Nullable Matches found) {

  public GraphFrame {
    sources = List.copyOf(sources);
  }

  public boolean stale() {
    return staleSince != null;
  }

  /** True when a missing node or edge proves nothing. */
  public boolean partial() {
    return !graph.complete();
  }

  /** Where the numbers come from. */
  public enum Origin {
    LIVE("live"),
    SOURCE("source"),
    HISTORY("history");

    private final String wireName;

    Origin(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON. */
    public String wireName() {
      return wireName;
    }
  }
}
