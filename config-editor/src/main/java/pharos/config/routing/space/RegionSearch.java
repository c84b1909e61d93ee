package pharos.config.routing.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.routing.language.Answer;
import pharos.config.routing.language.Literal;
import pharos.config.routing.language.WordSearch;

/**
 * Finds a request that meets all conditions of some rules and fails each of others, or proves that
 * there is none.
 *
 * <p>A rule is a conjunction of conditions on single parts, so what it matches is a box; a region
 * minus a box is a union of smaller boxes, one per condition that fails. The search walks these
 * boxes in depth and drops one as soon as one part of it has no possible value. Not for several
 * threads at once.
 */
public final class RegionSearch {
  private static final int MOST_BOXES = 20_000;

  private final int mostBoxes;
  private final WordSearch words = new WordSearch();
  private final Map<PartQuestion, Answer<PartValue>> parts = new HashMap<>();

  private record PartQuestion(Part part, Set<Condition> conditions) {}

  /** A value for a part; null text: the part is absent. */
  private record PartValue(@Nullable String text) {}

  /** A search that gives up late. */
  public RegionSearch() {
    this(MOST_BOXES);
  }

  /**
   * A search that gives up after so many boxes, each time that it is asked.
   *
   * @param mostBoxes bounds the work of one question
   */
  public RegionSearch(int mostBoxes) {
    this.mostBoxes = mostBoxes;
  }

  /**
   * A request inside {@code must} and outside every rule of {@code mustNot}.
   *
   * @param must conditions that all hold
   * @param mustNot rules, of each of which at least one condition fails; a rule without conditions
   *     matches everything
   */
  public Answer<Witness> find(List<Condition> must, List<List<Condition>> mustNot) {
    Box box = Box.EMPTY;
    for (Condition condition : must) {
      box = box.with(condition);
    }
    for (Part part : box.conditions.keySet()) {
      if (value(box, part) instanceof Answer.None<PartValue>) {
        return new Answer.None<>();
      }
    }
    return new Walk(mustNot).from(box, 0);
  }

  /** Whether no request meets all these conditions. */
  public boolean contradictory(List<Condition> conditions) {
    return find(conditions, List.of()) instanceof Answer.None<Witness>;
  }

  /** Conditions that all hold, by part. */
  private record Box(Map<Part, Set<Condition>> conditions) {
    static final Box EMPTY = new Box(Map.of());

    Box with(Condition condition) {
      Set<Condition> known = conditions.getOrDefault(condition.part(), Set.of());
      if (known.contains(condition)) {
        return this;
      }
      Map<Part, Set<Condition>> more = new LinkedHashMap<>(conditions);
      Set<Condition> set = new HashSet<>(known);
      set.add(condition);
      more.put(condition.part(), Set.copyOf(set));
      return new Box(more);
    }
  }

  private Answer<PartValue> value(Box box, Part part) {
    return parts.computeIfAbsent(
        new PartQuestion(part, box.conditions.getOrDefault(part, Set.of())), this::value);
  }

  private Answer<PartValue> value(PartQuestion question) {
    Part part = question.part;
    if (part.kind().mayBeAbsent() && question.conditions.stream().allMatch(Condition::whenAbsent)) {
      return new Answer.Found<>(new PartValue(null));
    }
    List<Literal> literals = new ArrayList<>(part.kind().limits());
    for (Condition condition : question.conditions) {
      Literal literal = condition.literal();
      if (literal != null) {
        literals.add(literal);
      } else if (!condition.whenPresent()) {
        return new Answer.None<>();
      }
    }
    return switch (words.find(literals, part.kind().guesses())) {
      case Answer.Found<String> found -> new Answer.Found<>(new PartValue(found.example()));
      case Answer.None<String> _ -> new Answer.None<>();
      case Answer.Unknown<String> unknown -> new Answer.Unknown<>(unknown.reason());
    };
  }

  /** One search; counts the boxes it looks at. */
  private final class Walk {
    private final List<List<Condition>> mustNot;
    private int boxes;

    Walk(List<List<Condition>> mustNot) {
      this.mustNot = mustNot;
    }

    Answer<Witness> from(Box start, int firstRule) {
      String doubt = null;
      Box box = start;
      for (int index = firstRule; index < mustNot.size(); index++) {
        List<Condition> rule = mustNot.get(index);
        if (disjoint(box, rule)) {
          continue;
        }
        if (++boxes > mostBoxes) {
          return new Answer.Unknown<>(
              "more than %d combinations of conditions".formatted(mostBoxes));
        }
        // The box minus the rule: the first condition fails, or it holds and the second fails, …
        Box inside = box;
        List<Box> pieces = new ArrayList<>();
        for (Condition condition : rule) {
          Box outside = inside.with(condition.not());
          if (!(value(outside, condition.part()) instanceof Answer.None<PartValue>)) {
            pieces.add(outside);
          }
          inside = inside.with(condition);
          if (value(inside, condition.part()) instanceof Answer.None<PartValue>) {
            break;
          }
        }
        if (pieces.size() == 1) {
          box = pieces.getFirst(); // no choice, no recursion
          continue;
        }
        for (Box piece : pieces) {
          switch (from(piece, index + 1)) {
            case Answer.Found<Witness> found -> {
              return found;
            }
            case Answer.Unknown<Witness> unknown -> doubt = unknown.reason();
            case Answer.None<Witness> _ -> {}
          }
        }
        return doubt == null ? new Answer.None<>() : new Answer.Unknown<>(doubt);
      }
      return witness(box);
    }

    private boolean disjoint(Box box, List<Condition> rule) {
      for (Condition condition : rule) {
        if (value(box.with(condition), condition.part()) instanceof Answer.None<PartValue>) {
          return true;
        }
      }
      return false;
    }
  }

  private Answer<Witness> witness(Box box) {
    TreeMap<Part, String> values = new TreeMap<>();
    for (Part part : box.conditions.keySet()) {
      switch (value(box, part)) {
        case Answer.Found<PartValue> found -> {
          String text = found.example().text();
          if (text != null) {
            values.put(part, text);
          }
        }
        case Answer.None<PartValue> _ -> {
          return new Answer.None<>();
        }
        case Answer.Unknown<PartValue> unknown -> {
          return new Answer.Unknown<>(unknown.reason());
        }
      }
    }
    return new Answer.Found<>(new Witness(values));
  }
}
