package pharos.config.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Node;

/** Comments in the style of other languages, which YAML takes for a part of the value. */
public final class SlashComments {
  private static final Pattern COMMENT = Pattern.compile("(?:^|[ \\t])(//)(?:[^/]|$)");

  private SlashComments() {}

  /** Where in a plain value's text a {@code //} comment begins, or -1. */
  public static int start(@Nullable Node node) {
    if (!(node instanceof Node.Scalar scalar) || scalar.quoted() || !scalar.text().contains("//")) {
      return -1;
    }
    Matcher comment = COMMENT.matcher(scalar.text());
    return comment.find() ? comment.start(1) : -1;
  }
}
