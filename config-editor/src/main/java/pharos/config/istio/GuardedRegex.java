package pharos.config.istio;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * The door for regular expressions out of a mesh's objects. RE2/J writes repetitions out before it
 * matches, so thirty characters can ask for more memory than there is: an expression is sized
 * first, and compiled only when it is small.
 */
public sealed interface GuardedRegex {
  /**
   * Instructions that an expression may need: the {@code re2.max_program_size.error_level} that
   * Istio gives its proxies, which refuse larger ones.
   */
  long MAX_SIZE = 32_768;

  /** An expression that can be used. */
  record Compiled(Pattern pattern) implements GuardedRegex {}

  /**
   * An expression that RE2 does not read.
   *
   * @param reason in Go's words, as the admission webhook says it
   */
  record Invalid(String reason) implements GuardedRegex {}

  /**
   * An expression that is well formed as far as is known, but was not compiled.
   *
   * @param size the instructions it would need, about
   */
  record TooLarge(long size) implements GuardedRegex {}

  /** Compiles an expression, or says why not. */
  static GuardedRegex compile(String regex) {
    RegexSize size = RegexSize.of(regex);
    if (size.excessiveRepeat() != null) {
      return new Invalid(
          "error parsing regexp: invalid repeat count: `%s`".formatted(size.excessiveRepeat()));
    }
    if (size.instructions() > MAX_SIZE) {
      return new TooLarge(size.instructions());
    }
    try {
      return new Compiled(Pattern.compile(regex));
    } catch (PatternSyntaxException problem) {
      return new Invalid(String.valueOf(problem.getMessage()));
    }
  }
}
