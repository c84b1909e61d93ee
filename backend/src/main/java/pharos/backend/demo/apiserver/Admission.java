package pharos.backend.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Port: the cluster's admission webhook. Sees each write, dry runs included, before it counts. */
@FunctionalInterface
public interface Admission {

  /** Lets everything pass. */
  Admission OPEN = (call, before, after) -> new Verdict.Allowed(after);

  /**
   * Judges one create, update or patch.
   *
   * @param before null on create; never write to it
   * @param after a copy of its own
   */
  Verdict review(Call call, @Nullable ObjectNode before, ObjectNode after);

  /** The webhook's answer. */
  sealed interface Verdict {
    /** Goes on with this object, which may differ from the one reviewed. */
    record Allowed(ObjectNode object) implements Verdict {}

    /**
     * @param webhook its name, for example {@code rev.validation.istio.io}
     */
    record Denied(String webhook, String message) implements Verdict {}
  }
}
