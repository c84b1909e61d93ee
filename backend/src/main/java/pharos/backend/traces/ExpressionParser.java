package pharos.backend.traces;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.backend.traces.Condition.Comparison;
import pharos.backend.traces.Condition.TraceNumber;
import pharos.backend.traces.TraceFailure.BadExpression;

/**
 * Reads expressions such as {@code service=reviews AND (duration>100ms OR status=error)}. Words:
 * AND (or nothing between two conditions), OR, NOT, parentheses, braces for "one span has all of
 * this"; operators {@code = != > >= < <= =~ !~}; a key alone asks whether a span has it.
 */
final class ExpressionParser {
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_PATTERN = 200;

  private static final Map<String, TraceNumber> TRACE_NUMBERS =
      Map.of(
          "trace.duration", TraceNumber.DURATION,
          "trace.spans", TraceNumber.SPANS,
          "trace.errors", TraceNumber.ERRORS);

  /** Nanoseconds per unit; longest names first where one ends with another. */
  private static final List<Map.Entry<String, Double>> UNITS =
      List.of(
          Map.entry("ns", 1.0),
          Map.entry("us", 1e3),
          Map.entry("µs", 1e3),
          Map.entry("ms", 1e6),
          Map.entry("s", 1e9),
          Map.entry("m", 60e9),
          Map.entry("h", 3600e9));

  private final String text;
  private int at;
  private int depth;

  private ExpressionParser(String text) {
    this.text = text;
  }

  /**
   * The condition; an empty text asks for everything.
   *
   * @throws BadExpression with the position of what cannot be read
   */
  static Condition parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new BadExpression(
          MAX_LENGTH, "The expression has more than %d characters.".formatted(MAX_LENGTH));
    }
    ExpressionParser parser = new ExpressionParser(text);
    parser.skipSpace();
    if (parser.at == text.length()) {
      return new Condition.All(List.of());
    }
    Condition condition = parser.any();
    if (parser.at < text.length()) {
      throw parser.bad("\"%s\" is not expected here.".formatted(text.charAt(parser.at)));
    }
    return condition;
  }

  private Condition any() {
    List<Condition> parts = new ArrayList<>();
    parts.add(all());
    while (word("OR")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.Any(parts);
  }

  private Condition all() {
    List<Condition> parts = new ArrayList<>();
    parts.add(not());
    while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != '}') {
      int before = at;
      if (word("OR")) {
        at = before;
        break;
      }
      word("AND");
      parts.add(not());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
  }

  private Condition not() {
    int before = at;
    if (word("NOT")) {
      deeper(before);
      Condition part = not();
      depth--;
      return new Condition.Not(part);
    }
    skipSpace();
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c != '(' && c != '{') {
      return predicate();
    }
    deeper(at);
    at++;
    Condition inside = any();
    char close = c == '(' ? ')' : '}';
    if (at >= text.length() || text.charAt(at) != close) {
      throw bad("A \"%s\" is missing.".formatted(close));
    }
    at++;
    skipSpace();
    depth--;
    return c == '(' ? inside : new Condition.SomeSpan(inside);
  }

  private void deeper(int position) {
    if (++depth > MAX_DEPTH) {
      throw new BadExpression(
          position, "More than %d conditions are inside each other.".formatted(MAX_DEPTH));
    }
  }

  private Condition predicate() {
    int start = at;
    String name = operand("a key such as service, status, duration, or an attribute");
    String operator = operator();
    TraceNumber number = TRACE_NUMBERS.get(name);
    if (number != null) {
      return traceNumber(number, operator, start);
    }
    SpanField field = SpanField.named(name);
    Condition.Key key = new Condition.Key(field, field == null ? name : field.key());
    if (operator == null) {
      return new Condition.Has(key);
    }
    int valueAt = at;
    String value = operand("a value");
    return switch (operator) {
      case "=" -> equal(key, value, valueAt);
      case "!=" -> new Condition.Not(equal(key, value, valueAt));
      case "=~" -> new Condition.Matches(key, pattern(value, valueAt));
      case "!~" -> new Condition.Not(new Condition.Matches(key, pattern(value, valueAt)));
      default -> new Condition.Compare(key, comparison(operator), number(key, value, valueAt));
    };
  }

  private static Condition equal(Condition.Key key, String value, int valueAt) {
    if (key.field() == SpanField.DURATION) {
      throw new BadExpression(valueAt, "A duration is compared with < or >, as in duration>100ms.");
    }
    boolean enumerated = key.field() == SpanField.STATUS || key.field() == SpanField.KIND;
    return new Condition.Equal(key, enumerated ? value.toLowerCase(Locale.ROOT) : value);
  }

  private Condition traceNumber(TraceNumber number, @Nullable String operator, int start) {
    if (operator == null || operator.contains("~") || operator.contains("!")) {
      throw new BadExpression(start, "A number of the trace is compared with =, < or >.");
    }
    int valueAt = at;
    double value = amount(operand("a number"), number == TraceNumber.DURATION, valueAt);
    if (operator.equals("=")) {
      return new Condition.All(
          List.of(
              new Condition.CompareTrace(number, Comparison.AT_LEAST, value),
              new Condition.CompareTrace(number, Comparison.AT_MOST, value)));
    }
    return new Condition.CompareTrace(number, comparison(operator), value);
  }

  private static Comparison comparison(String operator) {
    return switch (operator) {
      case "<" -> Comparison.LESS;
      case "<=" -> Comparison.AT_MOST;
      case ">=" -> Comparison.AT_LEAST;
      default -> Comparison.MORE;
    };
  }

  private static double number(Condition.Key key, String value, int valueAt) {
    return amount(value, key.field() == SpanField.DURATION, valueAt);
  }

  /** A number, or a duration in nanoseconds: {@code 1.5s}. */
  private static double amount(String value, boolean duration, int valueAt) {
    double unit = 1;
    String digits = value;
    if (duration) {
      var found =
          UNITS.stream().filter(each -> value.endsWith(each.getKey())).findFirst().orElse(null);
      if (found == null) {
        throw new BadExpression(
            valueAt,
            "\"%s\" is no duration (expected: as in 250us, 100ms or 2s).".formatted(value));
      }
      unit = found.getValue();
      digits = value.substring(0, value.length() - found.getKey().length());
    }
    try {
      double parsed = Double.parseDouble(digits) * unit;
      if (Double.isFinite(parsed)) {
        return parsed;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal.
    }
    throw new BadExpression(valueAt, "\"%s\" is no number.".formatted(value));
  }

  private static Pattern pattern(String value, int valueAt) {
    if (value.length() > MAX_PATTERN) {
      throw new BadExpression(
          valueAt, "The pattern has more than %d characters.".formatted(MAX_PATTERN));
    }
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new BadExpression(
          valueAt, "The pattern cannot be read: %s.".formatted(e.getDescription()));
    }
  }

  /** The next word, if it is this one. */
  private boolean word(String word) {
    skipSpace();
    int end = at + word.length();
    boolean found =
        text.regionMatches(true, at, word, 0, word.length())
            && (end == text.length() || !isPlain(text.charAt(end)))
            && (end == text.length() || "=!<>".indexOf(text.charAt(end)) < 0);
    if (found) {
      at = end;
      skipSpace();
    }
    return found;
  }

  private @Nullable String operator() {
    skipSpace();
    for (String operator : List.of("!=", "=~", "!~", ">=", "<=", "=", ">", "<")) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        skipSpace();
        return operator;
      }
    }
    return null;
  }

  /** A plain word, or anything in double quotes. */
  private String operand(String expected) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw bad("Expected: %s.".formatted(expected));
    }
    String word = text.substring(start, at);
    skipSpace();
    return word;
  }

  private String quoted() {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      throw new BadExpression(start, "The quotation mark is never closed.");
    }
    at++;
    skipSpace();
    return value.toString();
  }

  private static boolean isPlain(char c) {
    return !Character.isWhitespace(c) && "()={}<>!~\"".indexOf(c) < 0;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private BadExpression bad(String words) {
    return new BadExpression(at, words);
  }
}
