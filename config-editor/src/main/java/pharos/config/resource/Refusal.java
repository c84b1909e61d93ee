package pharos.config.resource;

/**
 * Why a text or a part of it cannot be read.
 *
 * @param file as the caller named it
 * @param reason a sentence with the value refused and what was expected
 */
public record Refusal(String file, Place place, String reason) {
  /** How the reason begins for what is well-formed, but no Kubernetes object. */
  static final String FOREIGN = "no Kubernetes object";

  /** Whether it may be a file of another purpose, such as a chart's values. */
  public boolean isForeign() {
    return reason.startsWith(FOREIGN);
  }

  @Override
  public String toString() {
    return "%s:%d:%d: %s".formatted(file, place.line(), place.column(), reason);
  }
}
