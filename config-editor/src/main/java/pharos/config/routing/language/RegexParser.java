package pharos.config.routing.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads RE2 syntax as far as it describes sets of texts: greedy and lazy repetition are the same,
 * groups only group. Word boundaries and Unicode classes are refused.
 */
final class RegexParser {
  private static final int DEEPEST = 200;

  private final String pattern;
  private int at;
  private int depth;
  private boolean ignoreCase;

  private RegexParser(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The tree of a pattern.
   *
   * @throws Undecidable naming what it cannot express
   */
  static RegexTree parse(String pattern) {
    RegexParser parser = new RegexParser(pattern);
    RegexTree tree = parser.choice();
    if (parser.at < pattern.length()) {
      throw parser.refuse("an unexpected )");
    }
    return tree;
  }

  private Undecidable refuse(String what) {
    return new Undecidable("regex %s: %s at character %d".formatted(pattern, what, at + 1));
  }

  private boolean more() {
    return at < pattern.length();
  }

  private boolean take(String text) {
    if (pattern.startsWith(text, at)) {
      at += text.length();
      return true;
    }
    return false;
  }

  private RegexTree choice() {
    if (++depth > DEEPEST) {
      throw refuse("groups nested deeper than " + DEEPEST);
    }
    boolean outer = ignoreCase;
    List<RegexTree> options = new ArrayList<>();
    do {
      options.add(sequence());
    } while (take("|"));
    ignoreCase = outer;
    depth--;
    return options.size() == 1 ? options.getFirst() : new RegexTree.Choice(options);
  }

  private RegexTree sequence() {
    List<RegexTree> parts = new ArrayList<>();
    while (more() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      RegexTree part = part();
      parts.add(more() ? repeated(part) : part);
    }
    return parts.size() == 1 ? parts.getFirst() : new RegexTree.Sequence(parts);
  }

  private RegexTree repeated(RegexTree part) {
    RegexTree tree = part;
    while (more()) {
      if (take("*")) {
        tree = new RegexTree.Repeat(tree, 0, -1);
      } else if (take("+")) {
        tree = new RegexTree.Repeat(tree, 1, -1);
      } else if (take("?")) {
        tree = new RegexTree.Repeat(tree, 0, 1);
      } else {
        RegexTree counted = counted(tree);
        if (counted == null) {
          return tree;
        }
        tree = counted;
      }
      take("?"); // lazy or not, it matches the same texts
    }
    return tree;
  }

  /** {@code {2}}, {@code {2,}}, {@code {2,5}}; anything else in braces is plain text. */
  private @Nullable RegexTree counted(RegexTree part) {
    if (pattern.charAt(at) != '{') {
      return null;
    }
    int close = pattern.indexOf('}', at);
    if (close < 0) {
      return null;
    }
    String inside = pattern.substring(at + 1, close);
    if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      return null;
    }
    at = close + 1;
    int comma = inside.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
    int most =
        comma < 0
            ? least
            : comma == inside.length() - 1 ? -1 : Integer.parseInt(inside.substring(comma + 1));
    return new RegexTree.Repeat(part, least, most);
  }

  private RegexTree part() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> one(letterClass());
      case '.' -> new RegexTree.One(Letterset.ALL);
      case '^' -> new RegexTree.Begin();
      case '$' -> new RegexTree.End();
      case '\\' -> escape();
      default -> one(Letterset.of(c));
    };
  }

  private RegexTree one(Letterset letters) {
    return new RegexTree.One(ignoreCase ? letters.bothCases() : letters);
  }

  private RegexTree group() {
    if (take("?P<") || take("?<")) {
      int close = pattern.indexOf('>', at);
      if (close < 0) {
        throw refuse("a group name without >");
      }
      at = close + 1;
    } else if (take("?")) {
      boolean outer = ignoreCase;
      boolean on = true;
      while (more() && pattern.charAt(at) != ')' && pattern.charAt(at) != ':') {
        char flag = pattern.charAt(at++);
        switch (flag) {
          case '-' -> on = false;
          case 'i' -> ignoreCase = on;
          case 's', 'm', 'U' -> {} // without line ends in the alphabet these say nothing
          default -> throw refuse("the flag " + flag);
        }
      }
      if (take(")")) {
        return new RegexTree.Sequence(List.of()); // holds until the enclosing group ends
      }
      take(":");
      RegexTree tree = closed();
      ignoreCase = outer;
      return tree;
    }
    return closed();
  }

  private RegexTree closed() {
    RegexTree tree = choice();
    if (!take(")")) {
      throw refuse("a group without )");
    }
    return tree;
  }

  private RegexTree escape() {
    if (!more()) {
      throw refuse("a \\ at the end");
    }
    char c = pattern.charAt(at);
    switch (c) {
      case 'A' -> {
        at++;
        return new RegexTree.Begin();
      }
      case 'z' -> {
        at++;
        return new RegexTree.End();
      }
      case 'Q' -> {
        at++;
        int end = pattern.indexOf("\\E", at);
        String text = pattern.substring(at, end < 0 ? pattern.length() : end);
        at = end < 0 ? pattern.length() : end + 2;
        List<RegexTree> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
          parts.add(one(Letterset.of(text.charAt(i))));
        }
        return new RegexTree.Sequence(parts);
      }
      default -> {
        return one(escaped());
      }
    }
  }

  /** The characters that an escape stands for; {@code at} is just after the backslash. */
  private Letterset escaped() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case 'd' -> Letterset.range('0', '9');
      case 'D' -> Letterset.range('0', '9').not();
      case 'w' -> WORD;
      case 'W' -> WORD.not();
      case 's' -> SPACE;
      case 'S' -> SPACE.not();
      case 't' -> Letterset.of('\t');
      case 'n' -> Letterset.of('\n');
      case 'r' -> Letterset.of('\r');
      case 'f' -> Letterset.of('\f');
      case 'v' -> Letterset.of((char) 11);
      case 'a' -> Letterset.of((char) 7);
      case 'x' -> hexadecimal();
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw refuse("the escape \\" + c);
        }
        yield Letterset.of(c);
      }
    };
  }

  private static final Letterset WORD =
      Letterset.range('a', 'z')
          .or(Letterset.range('A', 'Z'))
          .or(Letterset.range('0', '9'))
          .or(Letterset.of('_'));
  private static final Letterset SPACE = Letterset.of("\t\n\f\r ");

  private Letterset hexadecimal() {
    int end = take("{") ? pattern.indexOf('}', at) : at + 2;
    if (end < 0 || end > pattern.length()) {
      throw refuse("an unfinished \\x");
    }
    String digits = pattern.substring(at, end);
    if (!digits.matches("[0-9a-fA-F]{1,6}")) {
      throw refuse("\\x without hexadecimal digits");
    }
    at = end + (end < pattern.length() && pattern.charAt(end) == '}' ? 1 : 0);
    int code = Integer.parseInt(digits, 16);
    return Letterset.range(code, code);
  }

  private Letterset letterClass() {
    boolean inverted = take("^");
    Letterset set = Letterset.NONE;
    boolean first = true;
    while (true) {
      if (!more()) {
        throw refuse("a [ without ]");
      }
      if (!first && take("]")) {
        break;
      }
      first = false;
      if (pattern.startsWith("[:", at)) {
        set = set.or(namedClass());
        continue;
      }
      set = set.or(range());
    }
    if (ignoreCase) {
      set = set.bothCases();
    }
    return inverted ? set.not() : set;
  }

  private Letterset range() {
    boolean escape = take("\\");
    if (!more()) {
      throw refuse("a [ without ]");
    }
    char from = pattern.charAt(at);
    Letterset single = escape ? escaped() : Letterset.of(pattern.charAt(at++));
    if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
      at++;
      boolean escapedEnd = take("\\");
      char to = pattern.charAt(at++);
      if ((escape && Character.isLetterOrDigit(from))
          || (escapedEnd && Character.isLetterOrDigit(to))) {
        throw refuse("a range that begins or ends with an escape");
      }
      return Letterset.range(from, to);
    }
    return single;
  }

  private Letterset namedClass() {
    int close = pattern.indexOf(":]", at);
    if (close < 0) {
      throw refuse("an unfinished [:");
    }
    String name = pattern.substring(at + 2, close);
    at = close + 2;
    boolean inverted = name.startsWith("^");
    Letterset set =
        switch (inverted ? name.substring(1) : name) {
          case "alnum" -> alphabetic().or(Letterset.range('0', '9'));
          case "alpha" -> alphabetic();
          case "ascii" -> Letterset.range(0, 127);
          case "blank" -> Letterset.of("\t ");
          case "cntrl" -> Letterset.range(0, 31).or(Letterset.of((char) 127));
          case "digit" -> Letterset.range('0', '9');
          case "graph" -> Letterset.range('!', '~');
          case "lower" -> Letterset.range('a', 'z');
          case "print" -> Letterset.range(' ', '~');
          case "punct" ->
              Letterset.range('!', '/')
                  .or(Letterset.range(':', '@'))
                  .or(Letterset.range('[', '`'))
                  .or(Letterset.range('{', '~'));
          case "space" -> SPACE.or(Letterset.of((char) 11));
          case "upper" -> Letterset.range('A', 'Z');
          case "word" -> WORD;
          case "xdigit" ->
              Letterset.range('0', '9').or(Letterset.range('a', 'f')).or(Letterset.range('A', 'F'));
          default -> throw refuse("the class [:" + name + ":]");
        };
    return inverted ? set.not() : set;
  }

  private static Letterset alphabetic() {
    return Letterset.range('a', 'z').or(Letterset.range('A', 'Z'));
  }
}
