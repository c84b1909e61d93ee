package pharos.config.routing.language;

import java.util.Locale;

/** One condition on a text. Equal atoms describe the same texts. */
public sealed interface Atom {

  /** Equal to the text. */
  record Exact(String text, boolean ignoreCase) implements Atom {
    public Exact {
      text = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
  }

  /** Begins with the text. */
  record Prefix(String text, boolean ignoreCase) implements Atom {
    public Prefix {
      text = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
  }

  /** Equal to the text, or the text followed by {@code /} and anything (R-ENV-13). */
  record SegmentPrefix(String text, boolean ignoreCase) implements Atom {
    public SegmentPrefix {
      text = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
  }

  /** RE2, the whole text (R-ENV-14). */
  record Regex(String pattern) implements Atom {}
}
