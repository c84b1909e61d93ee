package pharos.backend.change;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey;

/**
 * Port: single objects of the cluster, read and written without any retry, so that the caller knows
 * what happened. Calls block; each ends within a bound of its own.
 */
public interface ClusterWriter {

  /**
   * What the API server has now, past all caches.
   *
   * @param version to read in, for example {@code v1beta1}
   */
  Reading read(ResourceKey key, String version);

  /** One conditional write. A dry run goes through admission and stores nothing. */
  Answer write(Write write, boolean dryRun);

  /** What stood under a key. */
  sealed interface Reading {
    /**
     * @param json the whole object
     */
    record Found(String json) implements Reading {}

    /** The API server says that there is no such object. */
    record Missing() implements Reading {}

    /** It is not known whether there is one. */
    record Unreadable(String reason) implements Reading {}
  }

  /** What is to be written, and under which condition. */
  sealed interface Write {
    ResourceKey key();

    String version();

    /** Only if there is no such object. */
    record Create(ResourceKey key, String version, String json) implements Write {}

    /** Only over the uid and resource version that the object's text names. */
    record Replace(ResourceKey key, String version, String json) implements Write {}

    /** Only this very object in this very version. */
    record Delete(ResourceKey key, String version, String uid, String resourceVersion)
        implements Write {}
  }

  /** How a write went, as far as the answer says. */
  sealed interface Answer {
    /**
     * It was done.
     *
     * @param json the object as stored; null after a deletion
     */
    record Done(@Nullable String json) implements Answer {}

    /** The condition did not hold, at least when the answer was given. */
    record Conflict(String message) implements Answer {}

    /**
     * It was not done and never will be.
     *
     * @param message for people; of a webhook, what the webhook said
     */
    record Refused(String message) implements Answer {}

    /** No answer, or one that leaves open whether it was done. */
    record Unclear(String message) implements Answer {}
  }
}
