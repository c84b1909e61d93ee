package pharos.config.routing.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a deterministic automaton whose states are made when first reached. Not
 * for several threads at once.
 */
final class RegexAutomaton implements Automaton {
  private static final int LARGEST_PROGRAM = 20_000;
  private static final int MOST_STATES = 4_000;

  private final String pattern;
  private final Program program = new Program();
  private final int accept;
  private final BitSet useful;
  private final Map<BitSet, Integer> numbers = new HashMap<>();
  private final List<BitSet> states = new ArrayList<>();
  private final List<int[]> transitions = new ArrayList<>();
  private final int start;

  /**
   * @throws Undecidable when the pattern says more than automata can, or is too large
   */
  RegexAutomaton(String pattern) {
    this.pattern = pattern;
    RegexTree tree = RegexParser.parse(pattern);
    int entry = program.node();
    accept = program.node();
    program.build(tree, entry, accept);
    useful = program.leadingTo(accept);
    BitSet first = new BitSet();
    first.set(entry);
    start = number(program.closure(first, true, false));
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int next(int state, char c) {
    if (state == DEAD) {
      return DEAD;
    }
    int[] row = transitions.get(state);
    int known = row[c];
    if (known != UNKNOWN) {
      return known;
    }
    BitSet moved = new BitSet();
    for (int node = states.get(state).nextSetBit(0);
        node >= 0;
        node = states.get(state).nextSetBit(node + 1)) {
      Letterset letters = program.letters.get(node);
      if (letters != null && letters.contains(c)) {
        moved.set(program.target.get(node));
      }
    }
    int next = number(program.closure(moved, false, false));
    row[c] = next;
    return next;
  }

  private static final int UNKNOWN = -2;

  private int number(BitSet nodes) {
    nodes.and(useful);
    if (nodes.isEmpty()) {
      return DEAD;
    }
    Integer known = numbers.get(nodes);
    if (known != null) {
      return known;
    }
    if (states.size() >= MOST_STATES) {
      throw new Undecidable("regex %s: more than %d states".formatted(pattern, MOST_STATES));
    }
    int number = states.size();
    numbers.put(nodes, number);
    states.add(nodes);
    int[] row = new int[128];
    Arrays.fill(row, UNKNOWN);
    transitions.add(row);
    return number;
  }

  @Override
  public boolean accepts(int state) {
    return state != DEAD && program.closure(states.get(state), false, true).get(accept);
  }

  @Override
  public boolean acceptsAll(int state) {
    if (state == DEAD || !accepts(state)) {
      return false;
    }
    // A trailing ".*": a letter of any kind leads back to where it came from, and that accepts.
    BitSet nodes = states.get(state);
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      Letterset letters = program.letters.get(node);
      if (letters != null && letters.isAll()) {
        BitSet after = new BitSet();
        after.set(program.target.get(node));
        BitSet reached = program.closure(after, false, false);
        if (reached.get(node) && reached.get(accept)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A non-deterministic program: each node reads one letter, or goes on without reading. */
  private static final class Program {
    private final List<@Nullable Letterset> letters = new ArrayList<>();
    private final List<Integer> target = new ArrayList<>();
    private final List<List<Jump>> jumps = new ArrayList<>();

    private record Jump(int to, boolean onlyAtBegin, boolean onlyAtEnd) {}

    int node() {
      if (letters.size() >= LARGEST_PROGRAM) {
        throw new Undecidable("a regex larger than %d steps".formatted(LARGEST_PROGRAM));
      }
      letters.add(null);
      target.add(-1);
      jumps.add(new ArrayList<>(2));
      return letters.size() - 1;
    }

    private void jump(int from, int to) {
      jumps.get(from).add(new Jump(to, false, false));
    }

    void build(RegexTree tree, int from, int to) {
      switch (tree) {
        case RegexTree.One one -> {
          int reader = node();
          letters.set(reader, one.letters());
          target.set(reader, to);
          jump(from, reader);
        }
        case RegexTree.Begin _ -> jumps.get(from).add(new Jump(to, true, false));
        case RegexTree.End _ -> jumps.get(from).add(new Jump(to, false, true));
        case RegexTree.Sequence sequence -> {
          int at = from;
          for (RegexTree part : sequence.parts()) {
            int next = node();
            build(part, at, next);
            at = next;
          }
          jump(at, to);
        }
        case RegexTree.Choice choice -> choice.options().forEach(option -> build(option, from, to));
        case RegexTree.Repeat repeat -> repeat(repeat, from, to);
      }
    }

    private void repeat(RegexTree.Repeat repeat, int from, int to) {
      int at = from;
      for (int i = 0; i < repeat.least(); i++) {
        int next = node();
        build(repeat.part(), at, next);
        at = next;
      }
      if (repeat.most() < 0) {
        int loop = node();
        jump(at, loop);
        build(repeat.part(), loop, loop);
        jump(loop, to);
        return;
      }
      jump(at, to);
      for (int i = repeat.least(); i < repeat.most(); i++) {
        int next = node();
        build(repeat.part(), at, next);
        jump(next, to);
        at = next;
      }
    }

    /** The nodes reachable without reading, those included. */
    BitSet closure(BitSet from, boolean atBegin, boolean atEnd) {
      BitSet reached = (BitSet) from.clone();
      int[] stack = new int[letters.size() + 1];
      int size = 0;
      for (int node = from.nextSetBit(0); node >= 0; node = from.nextSetBit(node + 1)) {
        stack[size++] = node;
      }
      while (size > 0) {
        for (Jump jump : jumps.get(stack[--size])) {
          boolean open = (!jump.onlyAtBegin || atBegin) && (!jump.onlyAtEnd || atEnd);
          if (open && !reached.get(jump.to)) {
            reached.set(jump.to);
            stack[size++] = jump.to;
          }
        }
      }
      return reached;
    }

    /** The nodes from which a node can be reached, by reading or not. */
    BitSet leadingTo(int goal) {
      List<List<Integer>> back = new ArrayList<>();
      letters.forEach(_ -> back.add(new ArrayList<>(2)));
      for (int node = 0; node < letters.size(); node++) {
        Letterset set = letters.get(node);
        if (set != null && !set.equals(Letterset.NONE)) {
          back.get(target.get(node)).add(node);
        }
        for (Jump jump : jumps.get(node)) {
          back.get(jump.to).add(node);
        }
      }
      BitSet reached = new BitSet();
      reached.set(goal);
      List<Integer> stack = new ArrayList<>(List.of(goal));
      while (!stack.isEmpty()) {
        for (int node : back.get(stack.removeLast())) {
          if (!reached.get(node)) {
            reached.set(node);
            stack.add(node);
          }
        }
      }
      return reached;
    }
  }
}
