package pharos.config.schema;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;

/**
 * A place where an object is not what the catalogue says.
 *
 * @param atKey whether it is about the last key of the path, not its value
 * @param text what was expected and what is there, without the path
 * @param correction what to write instead of the key or the value; null when nothing is certain
 */
public record Mismatch(
    Problem problem, Path path, boolean atKey, String text, @Nullable String correction) {

  /** What is wrong. */
  public enum Problem {
    /** The API drops it, and kubectl refuses it. */
    UNKNOWN_FIELD,
    /** It no longer does anything. */
    GONE_FIELD,
    /** It works, but another field took over. */
    DEPRECATED_FIELD,
    /** A value of the wrong type, an unknown name of an enum, no duration: it cannot be decoded. */
    UNDECODABLE,
    /** Readable, but outside what the API accepts. */
    REFUSED
  }

  static Mismatch at(Problem problem, Path path, String text) {
    return new Mismatch(problem, path, false, text, null);
  }
}
