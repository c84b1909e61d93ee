package pharos.graph.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pharos.graph.Edge;
import pharos.graph.Node;
import pharos.graph.view.Condition.Leaf;
import pharos.graph.view.Operands.Operand;

/**
 * Reads a find expression.
 *
 * <pre>
 * or        := and ( OR and )*
 * and       := not ( AND not )*
 * not       := ( NOT | ! ) not | ( or ) | condition
 * condition := [IS | HAS] [NOT | !] flag | operand operator value
 * operator  := = != &lt; &lt;= &gt; &gt;= *= ^= $= !*= !^= !$= | [NOT] CONTAINS | STARTSWITH | ENDSWITH
 * </pre>
 */
final class FindParser {
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_DEPTH = 50;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private FindParser(String text) {
    this.text = text;
  }

  /** The text did not fit; the message says what was expected at the position. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int position;

    Refused(int position, String message) {
      super(message, null, false, false);
      this.position = position;
    }

    int position() {
      return position;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private enum Kind {
    WORD,
    QUOTED,
    COMPARISON,
    NOT,
    OPEN,
    CLOSE,
    END
  }

  private record Token(Kind kind, String text, int position) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
  }

  static Condition parse(String text) throws Refused {
    if (text.length() > MAX_LENGTH) {
      throw new Refused(
          MAX_LENGTH,
          "the expression is too long (expected: at most %d characters)".formatted(MAX_LENGTH));
    }
    FindParser parser = new FindParser(text);
    parser.split();
    Condition condition = parser.or();
    Token rest = parser.peek();
    if (rest.kind != Kind.END) {
      throw new Refused(
          rest.position, "expected AND, OR or the end, found %s".formatted(shown(rest)));
    }
    return condition;
  }

  private void split() throws Refused {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '(' || c == ')') {
        tokens.add(new Token(c == '(' ? Kind.OPEN : Kind.CLOSE, String.valueOf(c), at));
        at++;
      } else if (c == '"' || c == '\'') {
        int end = text.indexOf(c, at + 1);
        if (end < 0) {
          throw new Refused(at, "the quote that begins here does not end");
        }
        tokens.add(new Token(Kind.QUOTED, text.substring(at + 1, end), at));
        at = end + 1;
      } else {
        at = splitSymbol(at);
      }
    }
    tokens.add(new Token(Kind.END, "", text.length()));
  }

  private int splitSymbol(int begin) {
    Optional<Comparison> comparison = comparisonAt(begin);
    if (comparison.isPresent()) {
      tokens.add(new Token(Kind.COMPARISON, comparison.get().symbol(), begin));
      return begin + comparison.get().symbol().length();
    }
    if (text.charAt(begin) == '!') {
      tokens.add(new Token(Kind.NOT, "!", begin));
      return begin + 1;
    }
    int end = begin + 1;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "()\"'!".indexOf(text.charAt(end)) < 0
        && comparisonAt(end).isEmpty()) {
      end++;
    }
    tokens.add(new Token(Kind.WORD, text.substring(begin, end), begin));
    return end;
  }

  private Optional<Comparison> comparisonAt(int position) {
    return Comparison.BY_LENGTH.stream()
        .filter(comparison -> text.startsWith(comparison.symbol(), position))
        .findFirst();
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (token.kind != Kind.END) {
      next++;
    }
    return token;
  }

  private boolean accept(String word) {
    if (peek().is(word)) {
      next++;
      return true;
    }
    return false;
  }

  private boolean acceptNot() {
    if (peek().kind == Kind.NOT) {
      next++;
      return true;
    }
    return accept("not");
  }

  private Condition or() throws Refused {
    Condition left = and();
    while (accept("or")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() throws Refused {
    Condition left = not();
    while (accept("and")) {
      int position = peek().position;
      Condition right = not();
      Condition both = new Condition.And(left, right);
      if (!both.onNodes() && !both.onEdges()) {
        throw new Refused(
            position,
            "expected a condition on %s: nothing is a node and an edge at once"
                .formatted(left.onNodes() ? "nodes" : "edges"));
      }
      left = both;
    }
    return left;
  }

  private Condition not() throws Refused {
    if (acceptNot()) {
      return new Condition.Not(deeper(this::not));
    }
    Token token = peek();
    if (token.kind == Kind.OPEN) {
      take();
      Condition inner = deeper(this::or);
      Token close = take();
      if (close.kind != Kind.CLOSE) {
        throw new Refused(
            close.position,
            "expected ) for the ( at %d, found %s".formatted(token.position, shown(close)));
      }
      return inner;
    }
    return condition();
  }

  private interface Rule {
    Condition read() throws Refused;
  }

  private Condition deeper(Rule rule) throws Refused {
    if (++depth > MAX_DEPTH) {
      throw new Refused(
          peek().position, "nested too deeply (expected: at most %d)".formatted(MAX_DEPTH));
    }
    Condition condition = rule.read();
    depth--;
    return condition;
  }

  private Condition condition() throws Refused {
    if (accept("is") || accept("has")) {
      return flag();
    }
    Token word = take();
    if (word.kind != Kind.WORD || isReserved(word)) {
      throw new Refused(
          word.position,
          "expected an operand such as namespace or httpin, or a flag such as healthy, found %s"
              .formatted(shown(word)));
    }
    Comparison comparison = comparison();
    if (comparison == null) {
      Condition flag = Operands.flag(word.text);
      if (flag != null) {
        return flag;
      }
      if (Operands.compared(word.text) == null) {
        throw unknown(word);
      }
      throw new Refused(
          peek().position,
          "expected an operator such as = or > after %s, found %s"
              .formatted(word.text, shown(peek())));
    }
    Operand operand = Operands.compared(word.text);
    if (operand == null) {
      if (Operands.flag(word.text) != null) {
        throw new Refused(
            word.position, "%s is a flag (expected: no operator after it)".formatted(word.text));
      }
      throw unknown(word);
    }
    return compare(word, operand, comparison);
  }

  private Condition flag() throws Refused {
    boolean negated = acceptNot();
    Token word = take();
    Condition flag = word.kind == Kind.WORD ? Operands.flag(word.text) : null;
    if (flag == null) {
      throw new Refused(
          word.position,
          "expected a flag such as healthy or idle, found %s".formatted(shown(word)));
    }
    return negated ? new Condition.Not(flag) : flag;
  }

  /** Null when no operator follows. */
  private @Nullable Comparison comparison() throws Refused {
    Token token = peek();
    if (token.kind == Kind.COMPARISON) {
      take();
      return Comparison.BY_LENGTH.stream()
          .filter(comparison -> comparison.symbol().equals(token.text))
          .findFirst()
          .orElseThrow();
    }
    int begin = next;
    boolean negated = acceptNot();
    Token word = peek();
    Comparison comparison =
        word.is("contains")
            ? Comparison.CONTAINS
            : word.is("startswith")
                ? Comparison.STARTS
                : word.is("endswith") ? Comparison.ENDS : null;
    if (comparison == null && !negated && word.is("is")) {
      take();
      return acceptNot() ? Comparison.NOT_EQUAL : Comparison.EQUAL;
    }
    if (comparison == null) {
      if (negated) {
        throw new Refused(
            word.position,
            "expected contains, startswith or endswith, found %s".formatted(shown(word)));
      }
      next = begin;
      return null;
    }
    take();
    return negated ? comparison.negated() : comparison;
  }

  private Condition compare(Token word, Operand operand, Comparison comparison) throws Refused {
    Token value = take();
    if (value.kind != Kind.QUOTED && (value.kind != Kind.WORD || isReserved(value))) {
      throw new Refused(
          value.position, "expected a value for %s, found %s".formatted(word.text, shown(value)));
    }
    return switch (operand) {
      case Operand.Numeric numeric -> {
        if (!comparison.ofNumbers()) {
          throw new Refused(
              word.position,
              "%s is a number (expected: =, !=, <, <=, > or >= after it)".formatted(word.text));
        }
        yield numeric(numeric, comparison, number(value));
      }
      case Operand.Text words -> {
        if (!comparison.ofText()) {
          throw new Refused(
              word.position,
              "%s is text (expected: =, !=, *=, ^= or $= after it)".formatted(word.text));
        }
        yield text(words, comparison, value.text);
      }
    };
  }

  private static double number(Token value) throws Refused {
    String digits =
        value.text.endsWith("%") ? value.text.substring(0, value.text.length() - 1) : value.text;
    try {
      double number = Double.parseDouble(digits);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, with the position
    }
    throw new Refused(value.position, "expected a number, found %s".formatted(shown(value)));
  }

  private static Leaf numeric(Operand.Numeric operand, Comparison comparison, double wanted) {
    Function<Node, @Nullable Double> ofNode = operand.ofNode();
    if (ofNode != null) {
      return Leaf.node(node -> truth(ofNode.apply(node), comparison, wanted));
    }
    Function<Edge, @Nullable Double> ofEdge = operand.ofEdge();
    return Leaf.edge(edge -> truth(ofEdge == null ? null : ofEdge.apply(edge), comparison, wanted));
  }

  /** An unknown number is neither above nor below anything. */
  private static Truth truth(@Nullable Double value, Comparison comparison, double wanted) {
    return value == null ? Truth.NOT_APPLICABLE : Truth.of(comparison.holds(value, wanted));
  }

  private static Leaf text(Operand.Text operand, Comparison comparison, String wanted) {
    Function<Node, List<@Nullable String>> ofNode = operand.ofNode();
    if (ofNode != null) {
      return Leaf.node(node -> Truth.of(comparison.holds(ofNode.apply(node), wanted)));
    }
    Function<Edge, List<@Nullable String>> ofEdge = operand.ofEdge();
    return Leaf.edge(edge ->
        ofEdge == null
            ? Truth.NOT_APPLICABLE
            : Truth.of(comparison.holds(ofEdge.apply(edge), wanted)));
  }

  private static boolean isReserved(Token word) {
    return switch (word.text.toLowerCase(Locale.ROOT)) {
      case "and", "or" -> true;
      default -> false;
    };
  }

  private static Refused unknown(Token word) {
    return new Refused(
        word.position,
        "%s is no operand and no flag (expected: for example namespace, httpin, rt or healthy)"
            .formatted(word.text));
  }

  private static String shown(Token token) {
    return switch (token.kind) {
      case END -> "the end";
      case WORD, COMPARISON, NOT, OPEN, CLOSE -> token.text;
      case QUOTED -> '"' + token.text + '"';
    };
  }
}
