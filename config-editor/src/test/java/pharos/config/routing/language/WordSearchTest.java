package pharos.config.routing.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordSearchTest {
  private final WordSearch search = new WordSearch();

  /** Conditions separated by blanks: {@code =exact ^prefix /segments ~regex}, {@code !} negates. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          =/a,                              /a
          =/a !=/a,                         none
          ^/foo,                            /foo
          ^/foo !=/foo,                     /foo/x
          ^/foo/bar !^/foo,                 none
          ^/foo !//foo,                     /foox
          //foo ^/foox,                     none
          //foo !=/foo,                     /foo/x
          ~/a+ !=/a,                        /aa
          ~/a+ !~/a.*,                      none
          ~/(a|b) !=/a !=/b,                none
          ~[0-9]{3} !~[0-4].*,              500
          ~^/v[12]$ !~/v1,                  /v2
          ~(?i)get !=get,                   geT
          ~a{2}a? !~aa,                     aaa
          ~.*\\.foo\\.com,                  .foo.com
          ~[^/]+ !~[a-z]*,                  0
          ~.* !~.+,                         ""
          ~.+ !~.*x.* !~[^x]*,              none
          ~\\bfoo\\b,                       ?
          ~\\bfoo\\b =bar,                  none
          """)
  void find_conditionsOnOneText_givesAShortestTextOrProvesThereIsNone(
      String conditions, String expected) {
    List<Literal> literals = new ArrayList<>();
    for (String condition : conditions.split(" ", -1)) {
      boolean positive = !condition.startsWith("!");
      String text = positive ? condition : condition.substring(1);
      String value = text.substring(1).replace("\\\\", "\\").replace("\"", "");
      Atom atom =
          switch (text.charAt(0)) {
            case '=' -> new Atom.Exact(value, false);
            case '^' -> new Atom.Prefix(value, false);
            case '/' -> new Atom.SegmentPrefix(value, false);
            case '~' -> new Atom.Regex(value);
            default -> throw new IllegalArgumentException(text);
          };
      literals.add(new Literal(atom, positive));
    }
    String answer =
        switch (search.find(literals, List.of())) {
          case Answer.Found<String> found -> found.example();
          case Answer.None<String> _ -> "none";
          case Answer.Unknown<String> _ -> "?";
        };
    assertThat(answer).isEqualTo(expected);
  }

  /** A pattern too long to be read must not count as one that matches nothing. */
  @Test
  void find_patternTooLong_neverCallsATextFoundThatThePatternDecides() {
    String pattern = "x".repeat(5_000) + "|/a";
    List<Literal> mustNot =
        List.of(
            new Literal(new Atom.Exact("/a", false), true),
            new Literal(new Atom.Regex(pattern), false));
    assertThat(search.find(mustNot, List.of())).isNotInstanceOf(Answer.Found.class);
  }

  /** The automaton of a random pattern accepts what RE2 accepts. */
  @Test
  void accepts_randomPatternsAndTexts_agreesWithRe2() {
    Random random = new Random(4711);
    int accepted = 0;
    for (int i = 0; i < 3_000; i++) {
      String pattern = pattern(random, 3);
      Pattern reference = Pattern.compile(pattern);
      RegexAutomaton automaton = new RegexAutomaton(pattern);
      for (int j = 0; j < 20; j++) {
        String text = text(random);
        boolean accepts = automaton.accepts(text);
        assertThat(accepts)
            .as("%s on \"%s\" (pattern %d)", pattern, text, i)
            .isEqualTo(reference.matches(text));
        accepted += accepts ? 1 : 0;
      }
    }
    assertThat(accepted).as("the test sees both answers").isBetween(3_000, 57_000);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(5);
    for (int i = 0; i < length; i++) {
      text.append("abcA/.1".charAt(random.nextInt(7)));
    }
    return text.toString();
  }

  private static String pattern(Random random, int depth) {
    if (depth == 0) {
      String[] leaves = {
        "a", "b", "c", ".", "[ab]", "[^a]", "/", "\\.", "\\d", "\\w", "[[:alpha:]]", "A"
      };
      return leaves[random.nextInt(leaves.length)];
    }
    String inner = pattern(random, depth - 1);
    return switch (random.nextInt(10)) {
      case 0 -> "(" + inner + ")*";
      case 1 -> "(" + inner + "|" + pattern(random, depth - 1) + ")";
      case 2 -> "(?:" + inner + ")?";
      case 3 -> "(" + inner + "){1,2}";
      case 4 -> "(?i:" + inner + ")";
      case 5 -> "^" + inner + pattern(random, depth - 1);
      case 6 -> inner + "$";
      case 7 -> "(?P<n" + random.nextInt(1_000_000) + ">" + inner + ")+?";
      default -> inner + pattern(random, depth - 1);
    };
  }
}
