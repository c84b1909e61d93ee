package pharos.config.istio.view;

import org.jspecify.annotations.Nullable;
import pharos.config.resource.Path;
import pharos.config.resource.ResourceKey;

/**
 * The object and the place in it that something comes from.
 *
 * @param object the object a user wrote, also where it was translated (an HTTPRoute)
 * @param path the place inside it
 * @param rule index of the rule in its list, or -1
 * @param match index of the match in the rule, or -1
 * @param delegate for a rule that a delegate supplied: where it stands there
 */
public record Origin(
    ResourceKey object, Path path, int rule, int match, @Nullable Origin delegate) {

  /** A whole object. */
  public static Origin of(ResourceKey object) {
    return new Origin(object, Path.ROOT, -1, -1, null);
  }

  /** A rule of an object. */
  public static Origin rule(ResourceKey object, Path path, int rule) {
    return new Origin(object, path, rule, -1, null);
  }

  /** The same rule, at one of its matches. */
  public Origin at(int match, Path path) {
    return new Origin(object, path, rule, match, delegate);
  }

  /** The same place, with the delegate that supplied the rule. */
  public Origin through(Origin delegate) {
    return new Origin(object, path, rule, match, delegate);
  }

  /** {@code bookinfo/reviews rule 0 match 1}: what a person reads. */
  @Override
  public String toString() {
    String text =
        (object.namespace().isEmpty() ? "" : object.namespace() + "/")
            + object.name()
            + (rule < 0 ? "" : " rule " + rule)
            + (match < 0 ? "" : " match " + match);
    return delegate == null ? text : text + " (delegate " + delegate + ")";
  }
}
