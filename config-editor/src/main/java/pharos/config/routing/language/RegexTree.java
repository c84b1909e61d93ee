package pharos.config.routing.language;

import java.util.List;

/** What a regular expression is made of. */
sealed interface RegexTree {
  /** One character of a set. */
  record One(Letterset letters) implements RegexTree {}

  /** One after the other; empty matches the empty text. */
  record Sequence(List<RegexTree> parts) implements RegexTree {}

  /** One of them. */
  record Choice(List<RegexTree> options) implements RegexTree {}

  /**
   * Several times.
   *
   * @param most -1 for any number
   */
  record Repeat(RegexTree part, int least, int most) implements RegexTree {}

  /** Only where the text begins. */
  record Begin() implements RegexTree {}

  /** Only where the text ends. */
  record End() implements RegexTree {}
}
