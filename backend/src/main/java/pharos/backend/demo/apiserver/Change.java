package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One committed change. The nodes are shared: read them, never write to them.
 *
 * @param object as it is now; for {@link Kind#DELETED} as it last was, at the deletion's revision
 * @param before as it was; null for {@link Kind#ADDED}
 * @param revision the cluster-wide number of the change, the object's {@code resourceVersion}
 */
public record Change(
    Kind kind,
    ResourceType type,
    String namespace,
    String name,
    ObjectNode object,
    @Nullable ObjectNode before,
    long revision) {

  /** What happened; the names are those of watch events. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }
}
