package pharos.config.resource;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.ResourceKey.Kind;

/**
 * Texts that are templates in Go's syntax, as charts of Helm are: {@code {{ .Values.host }}}. What
 * cannot be read because it is one is kept as an object of its own kind, so that a check can say so
 * once, in place of the parser's many words.
 */
public final class Templates {
  /** The kind of an unrendered template; the API does not have it. */
  public static final Kind KIND = new Kind("", "Template");

  /** Key of the first template action in an object of {@link #KIND}. */
  public static final String ACTION = "action";

  private static final Pattern ACTIONS =
      Pattern.compile("\\{\\{-?\\s*(?:[.$]|/\\*|[a-zA-Z_]+\\b)[^\\n]*?\\}\\}");

  private Templates() {}

  /** The first action, as written; empty for an object of another kind. */
  public static String action(Resource template) {
    return Fields.text(template.root(), ACTION);
  }

  /** Whether an object's name is still to be filled in. */
  static boolean unrendered(ResourceKey key) {
    return key.name().contains("{{") || key.namespace().contains("{{");
  }

  /** The template that a part of a file is, or null when it has no template action. */
  static @Nullable Resource in(String file, String text, Place origin) {
    Matcher matcher = ACTIONS.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int lineStart = text.lastIndexOf('\n', matcher.start()) + 1;
      if (!text.substring(lineStart, matcher.start()).strip().startsWith("#")) {
        return template(file, text, matcher.start(), matcher.end(), origin);
      }
      from = matcher.end();
    }
    return null;
  }

  private static Resource template(String file, String text, int start, int end, Place origin) {
    Place from = place(text, start, origin);
    Place to = place(text, end, origin);
    String action = text.substring(start, end);
    Node.Mapping root =
        new Node.Mapping(
            Map.of(
                ACTION,
                new Node.Mapping.Entry(
                    ACTION, from, from, new Node.Scalar(action, action, true, from, to))),
            from,
            to);
    return new Resource(
        new ResourceKey(KIND, "", file), "", root, new Resource.Source(file, from.line()));
  }

  private static Place place(String text, int offset, Place origin) {
    int line = origin.line();
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(line, offset - lineStart + 1, origin.offset() + offset);
  }
}
