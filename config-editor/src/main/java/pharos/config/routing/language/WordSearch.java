package pharos.config.routing.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text that satisfies some conditions and fails others, or proves that there is none. Cheap
 * guesses come first; then the product of the conditions' automata is searched, shortest texts
 * first, so that "none" is a proof. Every text found is checked against RE2 itself. Keeps automata
 * between searches; not for several threads at once.
 */
public final class WordSearch {
  private static final int MOST_PRODUCT_STATES = 20_000;
  private static final int MOST_PRODUCT_STEPS = 2_000_000;
  private static final int LONGEST_PATTERN = 4_096;

  private final Map<Atom, Automaton> automata = new HashMap<>();
  private final Map<Atom, String> undecidable = new HashMap<>();
  private final Map<String, Pattern> patterns = new HashMap<>();
  private final Map<Question, Answer<String>> answers = new HashMap<>();

  private record Question(Set<Literal> literals, List<String> guesses) {}

  /**
   * A text for which every literal is as it says.
   *
   * @param literals in any order
   * @param guesses texts to try first, the nicest first
   */
  public Answer<String> find(Collection<Literal> literals, List<String> guesses) {
    return answers.computeIfAbsent(
        new Question(Set.copyOf(literals), guesses), question -> search(question));
  }

  private Answer<String> search(Question question) {
    List<Literal> literals = List.copyOf(question.literals);
    for (Literal literal : literals) {
      if (question.literals.contains(literal.not())) {
        return new Answer.None<>();
      }
    }
    String doubt = null;
    for (String guess : guesses(literals, question.guesses)) {
      try {
        if (satisfies(guess, literals)) {
          return new Answer.Found<>(guess);
        }
      } catch (Undecidable e) {
        doubt = e.getMessage();
      }
    }
    if (literals.stream().anyMatch(l -> l.positive() && isPlainExact(l.atom()))) {
      // The only candidate was among the guesses.
      return doubt == null ? new Answer.None<>() : new Answer.Unknown<>(doubt);
    }
    return byAutomata(literals);
  }

  private static boolean isPlainExact(Atom atom) {
    return atom instanceof Atom.Exact exact && !exact.ignoreCase();
  }

  /** Texts that are likely to do, and all there are when a literal leaves only one. */
  private static List<String> guesses(List<Literal> literals, List<String> given) {
    List<String> guesses = new ArrayList<>();
    String longest = "";
    for (Literal literal : literals) {
      if (literal.positive()) {
        switch (literal.atom()) {
          case Atom.Exact exact -> guesses.add(exact.text());
          case Atom.Prefix prefix ->
              longest = prefix.text().length() > longest.length() ? prefix.text() : longest;
          case Atom.SegmentPrefix prefix ->
              longest = prefix.text().length() > longest.length() ? prefix.text() : longest;
          case Atom.Regex _ -> {}
        }
      }
    }
    guesses.addAll(given);
    if (!longest.isEmpty()) {
      guesses.add(longest);
      guesses.add(longest.endsWith("/") ? longest + "x" : longest + "/x");
      guesses.add(longest + "x");
    }
    return guesses;
  }

  /**
   * Whether a text is as all literals say, by RE2 for regular expressions. A plain "no" of one
   * literal counts whatever the others are.
   *
   * @throws Undecidable when everything else holds and a pattern is too long to be asked
   */
  private boolean satisfies(String text, List<Literal> literals) {
    Undecidable doubt = null;
    for (Literal literal : literals) {
      try {
        if (accepts(literal.atom(), text) != literal.positive()) {
          return false;
        }
      } catch (Undecidable e) {
        doubt = e;
      }
    }
    if (doubt != null) {
      throw doubt;
    }
    return true;
  }

  private boolean accepts(Atom atom, String text) {
    return switch (atom) {
      case Atom.Regex regex -> {
        Pattern pattern = pattern(regex.pattern());
        yield pattern != null && pattern.matches(text);
      }
      case Atom.Exact _, Atom.Prefix _, Atom.SegmentPrefix _ -> automaton(atom).accepts(text);
    };
  }

  /**
   * The pattern; null when RE2 refuses it, and then it matches nothing.
   *
   * @throws Undecidable when it is too long to be compiled
   */
  private @Nullable Pattern pattern(String text) {
    if (text.length() > LONGEST_PATTERN) {
      throw new Undecidable(
          "regex %s…: longer than %d characters".formatted(text.substring(0, 40), LONGEST_PATTERN));
    }
    if (!patterns.containsKey(text)) {
      Pattern compiled = null;
      try {
        compiled = Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        compiled = null;
      }
      patterns.put(text, compiled);
    }
    return patterns.get(text);
  }

  private Automaton automaton(Atom atom) {
    Automaton known = automata.get(atom);
    if (known != null) {
      return known;
    }
    String refused = undecidable.get(atom);
    if (refused != null) {
      throw new Undecidable(refused);
    }
    try {
      Automaton made =
          switch (atom) {
            case Atom.Exact e ->
                new TextAutomaton(e.text(), e.ignoreCase(), TextAutomaton.Beyond.NOTHING);
            case Atom.Prefix p ->
                new TextAutomaton(p.text(), p.ignoreCase(), TextAutomaton.Beyond.ANYTHING);
            case Atom.SegmentPrefix p ->
                new TextAutomaton(p.text(), p.ignoreCase(), TextAutomaton.Beyond.SEGMENTS);
            case Atom.Regex r -> new RegexAutomaton(r.pattern());
          };
      automata.put(atom, made);
      return made;
    } catch (Undecidable e) {
      undecidable.put(atom, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Answer<String> byAutomata(List<Literal> literals) {
    List<Literal> expressible = new ArrayList<>();
    String doubt = null;
    for (Literal literal : literals) {
      try {
        automaton(literal.atom());
        expressible.add(literal);
      } catch (Undecidable e) {
        doubt = e.getMessage();
      }
    }
    try {
      Answer<String> answer = new Product(expressible).search();
      // Without some conditions there are only more texts, so "none" stays true.
      if (answer instanceof Answer.Found<String> found && !satisfies(found.example(), literals)) {
        return new Answer.Unknown<>(
            doubt != null ? doubt : "RE2 and the automata disagree on \"" + found.example() + "\"");
      }
      return answer;
    } catch (Undecidable e) {
      return new Answer.Unknown<>(String.valueOf(e.getMessage()));
    }
  }

  /** All automata side by side, searched in breadth: the first word found is a shortest one. */
  private final class Product {
    private final Automaton[] parts;
    private final boolean[] wanted;

    Product(List<Literal> literals) {
      parts = new Automaton[literals.size()];
      wanted = new boolean[parts.length];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = automaton(literals.get(i).atom());
        wanted[i] = literals.get(i).positive();
      }
    }

    private record Reached(List<Integer> states, @Nullable Reached from, char letter) {
      String word() {
        StringBuilder word = new StringBuilder();
        for (Reached at = this; at.from != null; at = at.from) {
          word.append(at.letter);
        }
        return word.reverse().toString();
      }
    }

    Answer<String> search() {
      int mostStates =
          Math.min(MOST_PRODUCT_STATES, MOST_PRODUCT_STEPS / Math.max(1, parts.length));
      List<Integer> first = new ArrayList<>(parts.length);
      for (Automaton part : parts) {
        first.add(part.start());
      }
      ArrayDeque<Reached> queue = new ArrayDeque<>();
      Set<List<Integer>> seen = new HashSet<>();
      if (hopeful(first)) {
        seen.add(first);
        queue.add(new Reached(first, null, ' '));
      }
      while (!queue.isEmpty()) {
        Reached at = queue.remove();
        if (satisfied(at.states)) {
          return new Answer.Found<>(at.word());
        }
        for (char letter : Letters.BY_LIKING) {
          List<Integer> next = new ArrayList<>(parts.length);
          for (int i = 0; i < parts.length; i++) {
            next.add(parts[i].next(at.states.get(i), letter));
          }
          if (hopeful(next) && seen.add(next)) {
            if (seen.size() > mostStates) {
              throw new Undecidable(
                  "%d conditions on one text need more than %d states together"
                      .formatted(parts.length, mostStates));
            }
            queue.add(new Reached(next, at, letter));
          }
        }
      }
      return new Answer.None<>();
    }

    /** Whether some continuation may still do. */
    private boolean hopeful(List<Integer> states) {
      for (int i = 0; i < parts.length; i++) {
        int state = states.get(i);
        if (wanted[i] ? state == Automaton.DEAD : parts[i].acceptsAll(state)) {
          return false;
        }
      }
      return true;
    }

    private boolean satisfied(List<Integer> states) {
      for (int i = 0; i < parts.length; i++) {
        int state = states.get(i);
        if ((state != Automaton.DEAD && parts[i].accepts(state)) != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
