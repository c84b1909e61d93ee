package pharos.backend.traces;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search asks for. A condition is true or false of one span in its trace. */
sealed interface Condition {

  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Not(Condition part) implements Condition {}

  /** Some span of the trace has all of it; written in braces. */
  record SomeSpan(Condition part) implements Condition {}

  /** The span has the key, with any value. */
  record Has(Key key) implements Condition {}

  /** The span's text for the key is this. */
  record Equal(Key key, String value) implements Condition {}

  /** The whole text matches; RE2, so that no pattern can keep a core busy. */
  record Matches(Key key, Pattern pattern) implements Condition {}

  /** A number, compared; a text that is none compares to nothing. */
  record Compare(Key key, Comparison comparison, double value) implements Condition {}

  /** What a number of the whole trace is, compared. */
  record CompareTrace(TraceNumber number, Comparison comparison, double value)
      implements Condition {}

  enum Comparison {
    LESS,
    AT_MOST,
    AT_LEAST,
    MORE;

    boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case AT_LEAST -> left >= right;
        case MORE -> left > right;
      };
    }
  }

  /** Numbers of a whole trace: {@code trace.duration} (ns), {@code trace.spans}, … */
  enum TraceNumber {
    DURATION,
    SPANS,
    ERRORS
  }

  /**
   * What is asked of.
   *
   * @param field null for an attribute
   * @param name as the index has it
   */
  record Key(@Nullable SpanField field, String name) {

    /** Null when the span does not have it. */
    @Nullable String text(StoredSpan span) {
      if (field != null) {
        String text = field.text(span);
        return text.isEmpty() ? null : text;
      }
      String own = span.attributes().get(name);
      return own != null ? own : span.resourceAttributes().get(name);
    }
  }
}
