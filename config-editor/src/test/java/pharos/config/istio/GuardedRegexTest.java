package pharos.config.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedRegexTest {
  /** The first of these ended a JVM with a heap of a gigabyte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "((((a{30}){30}){30}){30}){30} {30}",
        "(a{500}){500} {500}",
        "((a{10,100})+){11} {11}",
        "a{1001} {1001}",
        "a{1,99999999999} {1,99999999999}",
        "(?:(?:x{32}){32}) {32}",
        "[]a{5}](b{40}){40} {40}",
      })
  void compile_repeatsBeyondGosLimit_isInvalidInGosWords(String regex, String repeat) {
    assertThat(GuardedRegex.compile(regex))
        .isEqualTo(
            new GuardedRegex.Invalid(
                "error parsing regexp: invalid repeat count: `%s`".formatted(repeat)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v[0-9]+/.*",
        "(a{10}){100}",
        "a{,5}",
        "a{x}",
        "[{]{2}",
        "\\Q{5}{500}{500}\\E",
        "\\p{Greek}{3}",
        "[[:alpha:]{2000}]",
        "x{0}",
        "\\{2000}",
        "(?i)abc",
        ""
      })
  void compile_ordinaryExpression_isCompiled(String regex) {
    assertThat(GuardedRegex.compile(regex)).isInstanceOf(GuardedRegex.Compiled.class);
  }

  @Test
  void compile_manyRepeatsSideBySide_isTooLarge() {
    assertThat(GuardedRegex.compile("[a-z]{999}".repeat(40)))
        .isInstanceOfSatisfying(
            GuardedRegex.TooLarge.class,
            large -> assertThat(large.size()).isBetween(39_000L, 41_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a)", "[a", "a**", "(?=x)", "\\1", "[z-a]", "\\"})
  void compile_notRe2_isInvalid(String regex) {
    assertThat(GuardedRegex.compile(regex))
        .isInstanceOfSatisfying(
            GuardedRegex.Invalid.class,
            invalid -> assertThat(invalid.reason()).startsWith("error parsing regexp: "));
  }

  /** Small expressions pass the guard, so RE2/J alone decides. */
  @Test
  void compile_randomSmallExpressions_asRe2() {
    Random random = new Random(5);
    String[] parts = {
      "a",
      "(",
      ")",
      "[",
      "]",
      "{2}",
      "{1,3}",
      "{,2}",
      "*",
      "|",
      "\\d",
      "\\",
      "^",
      "-",
      "[:alpha:]",
      "\\Q",
      "\\E",
      "}",
      ","
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder regex = new StringBuilder();
      for (int j = random.nextInt(9); j >= 0; j--) {
        regex.append(parts[random.nextInt(parts.length)]);
      }
      boolean accepted;
      try {
        Pattern.compile(regex.toString());
        accepted = true;
      } catch (PatternSyntaxException e) {
        accepted = false;
      }
      assertThat(GuardedRegex.compile(regex.toString()) instanceof GuardedRegex.Compiled)
          .as(regex.toString())
          .isEqualTo(accepted);
    }
  }
}
