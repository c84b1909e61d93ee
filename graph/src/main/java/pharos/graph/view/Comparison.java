package pharos.graph.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operators of find expressions. Text compares without regard to case. */
enum Comparison {
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  CONTAINS("*="),
  NOT_CONTAINS("!*="),
  STARTS("^="),
  NOT_STARTS("!^="),
  ENDS("$="),
  NOT_ENDS("!$=");

  /** Longest first, so that the first that fits is meant. */
  static final List<Comparison> BY_LENGTH =
      List.of(
          NOT_CONTAINS,
          NOT_STARTS,
          NOT_ENDS,
          NOT_EQUAL,
          AT_MOST,
          AT_LEAST,
          CONTAINS,
          STARTS,
          ENDS,
          LESS,
          GREATER,
          EQUAL);

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  boolean ofNumbers() {
    return switch (this) {
      case EQUAL, NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST -> true;
      case CONTAINS, NOT_CONTAINS, STARTS, NOT_STARTS, ENDS, NOT_ENDS -> false;
    };
  }

  boolean ofText() {
    return switch (this) {
      case LESS, AT_MOST, GREATER, AT_LEAST -> false;
      case EQUAL, NOT_EQUAL, CONTAINS, NOT_CONTAINS, STARTS, NOT_STARTS, ENDS, NOT_ENDS -> true;
    };
  }

  Comparison negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> AT_LEAST;
      case AT_LEAST -> LESS;
      case GREATER -> AT_MOST;
      case AT_MOST -> GREATER;
      case CONTAINS -> NOT_CONTAINS;
      case NOT_CONTAINS -> CONTAINS;
      case STARTS -> NOT_STARTS;
      case NOT_STARTS -> STARTS;
      case ENDS -> NOT_ENDS;
      case NOT_ENDS -> ENDS;
    };
  }

  boolean holds(double left, double right) {
    return switch (this) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
      case CONTAINS, NOT_CONTAINS, STARTS, NOT_STARTS, ENDS, NOT_ENDS ->
          throw new IllegalStateException(symbol + " compares text");
    };
  }

  /** A positive operator holds when it does for one value, a negative one when it does for all. */
  boolean holds(List<@Nullable String> values, String wanted) {
    String right = wanted.toLowerCase(Locale.ROOT);
    boolean negative =
        this == NOT_EQUAL || this == NOT_CONTAINS || this == NOT_STARTS || this == NOT_ENDS;
    Comparison positive = negative ? negated() : this;
    boolean any = false;
    for (String value : values) {
      any |= value != null && positive.holdsForOne(value.toLowerCase(Locale.ROOT), right);
    }
    return any != negative;
  }

  private boolean holdsForOne(String left, String right) {
    return switch (this) {
      case EQUAL -> left.equals(right);
      case CONTAINS -> left.contains(right);
      case STARTS -> left.startsWith(right);
      case ENDS -> left.endsWith(right);
      case NOT_EQUAL, NOT_CONTAINS, NOT_STARTS, NOT_ENDS, LESS, AT_MOST, GREATER, AT_LEAST ->
          throw new IllegalStateException(symbol + " is not a test of one text");
    };
  }
}
