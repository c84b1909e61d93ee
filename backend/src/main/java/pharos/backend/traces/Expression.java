package pharos.backend.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search expression. Without braces it speaks about one span: {@code service=a status=error}
 * finds traces in which a span of a failed. With braces each pair speaks about some span, and
 * conditions outside of them about any: {@code {service=a} {service=b status=error}}.
 */
public final class Expression {
  private final Condition condition;
  private final boolean braces;

  private Expression(Condition condition) {
    this.condition = condition;
    this.braces = hasBraces(condition);
  }

  /**
   * Reads one; an empty text asks for everything.
   *
   * @throws TraceFailure.BadExpression with the position of what cannot be read
   */
  public static Expression parse(String text) {
    return new Expression(ExpressionParser.parse(text));
  }

  /**
   * What the trace has to do with it.
   *
   * @param matches whether the trace is an answer
   * @param spans those that made it one; empty when nothing was asked of spans
   */
  record Verdict(boolean matches, List<StoredSpan> spans) {}

  Verdict on(TraceFacts trace) {
    if (condition instanceof Condition.All(var parts) && parts.isEmpty()) {
      return new Verdict(true, List.of());
    }
    List<StoredSpan> hits = new ArrayList<>();
    if (braces) {
      if (!holds(condition, trace, null)) {
        return new Verdict(false, List.of());
      }
      collect(condition, trace, hits);
      return new Verdict(true, hits);
    }
    for (StoredSpan span : trace.spans()) {
      if (holds(condition, trace, span)) {
        hits.add(span);
      }
    }
    return new Verdict(!hits.isEmpty(), hits);
  }

  /** Tokens that every matching trace has in one of its segments; empty when none is certain. */
  Set<Integer> tokens() {
    Set<Integer> tokens = new TreeSet<>();
    require(condition, tokens);
    return tokens;
  }

  /** The least duration that some span must have, in nanoseconds; 0 when none is certain. */
  long leastNanos() {
    return least(condition);
  }

  private static boolean hasBraces(Condition condition) {
    return switch (condition) {
      case Condition.All(var parts) -> parts.stream().anyMatch(Expression::hasBraces);
      case Condition.Any(var parts) -> parts.stream().anyMatch(Expression::hasBraces);
      case Condition.Not(var part) -> hasBraces(part);
      case Condition.SomeSpan _ -> true;
      default -> false;
    };
  }

  /** Of one span, or of any of the trace when there is none to speak of. */
  private static boolean holds(
      Condition condition, TraceFacts trace, @org.jspecify.annotations.Nullable StoredSpan span) {
    return switch (condition) {
      case Condition.All(var parts) -> parts.stream().allMatch(part -> holds(part, trace, span));
      case Condition.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, trace, span));
      case Condition.Not(var part) -> !holds(part, trace, span);
      case Condition.SomeSpan(var part) ->
          trace.spans().stream().anyMatch(each -> holds(part, trace, each));
      case Condition.CompareTrace compare ->
          compare.comparison().holds(trace.number(compare.number()), compare.value());
      default ->
          span != null
              ? leaf(condition, span)
              : trace.spans().stream().anyMatch(each -> leaf(condition, each));
    };
  }

  private static boolean leaf(Condition condition, StoredSpan span) {
    return switch (condition) {
      case Condition.Has(var key) -> key.text(span) != null;
      case Condition.Equal(var key, var value) -> value.equals(key.text(span));
      case Condition.Matches(var key, var pattern) -> {
        String text = key.text(span);
        yield text != null && pattern.matches(text);
      }
      case Condition.Compare(var key, var comparison, var value) -> {
        String text = key.text(span);
        yield text != null && comparison.holds(number(text), value);
      }
      case Condition.All _,
          Condition.Any _,
          Condition.Not _,
          Condition.SomeSpan _,
          Condition.CompareTrace _ ->
          throw new IllegalArgumentException(condition + " (expected: a condition on one span)");
    };
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // neither above nor below anything
    }
  }

  /** The spans that braces and conditions outside of a NOT speak about. */
  private static void collect(Condition condition, TraceFacts trace, List<StoredSpan> hits) {
    switch (condition) {
      case Condition.All(var parts) -> parts.forEach(part -> collect(part, trace, hits));
      case Condition.Any(var parts) -> parts.forEach(part -> collect(part, trace, hits));
      case Condition.Not _, Condition.CompareTrace _ -> {}
      case Condition.SomeSpan(var part) -> add(part, trace, hits);
      case Condition.Has _, Condition.Equal _, Condition.Matches _, Condition.Compare _ ->
          add(condition, trace, hits);
    }
  }

  private static void add(Condition condition, TraceFacts trace, List<StoredSpan> hits) {
    for (StoredSpan span : trace.spans()) {
      if (holds(condition, trace, span)) {
        hits.add(span);
      }
    }
  }

  /**
   * Several conditions on one span are met in one segment, so all their tokens are there together.
   * Those of different braces may be in different segments: only the first pair's are certain.
   */
  private static void require(Condition condition, Set<Integer> tokens) {
    switch (condition) {
      case Condition.All(var parts) -> {
        boolean oneSpan = parts.stream().noneMatch(Expression::hasBraces);
        for (Condition part : parts) {
          require(part, tokens);
          if (!oneSpan && !tokens.isEmpty()) {
            return;
          }
        }
      }
      case Condition.SomeSpan(var part) -> require(part, tokens);
      case Condition.Equal(var key, var value) ->
          tokens.add(
              Tokens.indexed(key.name(), value)
                  ? Tokens.of(key.name(), value)
                  : Tokens.of(key.name()));
      case Condition.Has(var key) -> requireKey(key, tokens);
      case Condition.Matches(var key, var _) -> requireKey(key, tokens);
      case Condition.Compare(var key, var _, var _) -> requireKey(key, tokens);
      case Condition.Any _, Condition.Not _, Condition.CompareTrace _ -> {}
    }
  }

  private static void requireKey(Condition.Key key, Set<Integer> tokens) {
    if (key.field() != SpanField.DURATION) {
      tokens.add(Tokens.of(key.name()));
    }
  }

  private static long least(Condition condition) {
    return switch (condition) {
      case Condition.All(var parts) -> parts.stream().mapToLong(Expression::least).max().orElse(0);
      case Condition.SomeSpan(var part) -> least(part);
      case Condition.Compare(var key, var comparison, var value) ->
          key.field() == SpanField.DURATION
                  && (comparison == Condition.Comparison.MORE
                      || comparison == Condition.Comparison.AT_LEAST)
              ? (long) value
              : 0;
      default -> 0;
    };
  }
}
