package pharos.config.istio.view;

/**
 * A condition on a text, as users write it. What it means depends on the field: see R-HTTP-11 to
 * R-HTTP-14.
 */
public sealed interface StringMatch {
  /** Equal. */
  record Exact(String value) implements StringMatch {}

  /** Begins with. */
  record Prefix(String value) implements StringMatch {}

  /** RE2, the whole text. */
  record Regex(String value) implements StringMatch {}

  /** Given without a condition ({@code {}}): "is present" for headers, everything for a path. */
  record Any() implements StringMatch {}
}
