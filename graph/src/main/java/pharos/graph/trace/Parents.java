package pharos.graph.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is whose parent, with cycles broken, and the roots in the order in which they are shown. */
final class Parents {
  private static final int NONE = -1;

  private final int[] parents;
  private final Map<Integer, SpanWarning> warnings = new HashMap<>();
  private final List<Integer> roots = new ArrayList<>();

  private Parents(int size) {
    parents = new int[size];
  }

  /** Of spans with distinct ids, in the order of {@link Span#ORDER}. */
  static Parents of(List<Span> spans) {
    Parents result = new Parents(spans.size());
    Map<Long, Integer> byId = HashMap.newHashMap(spans.size());
    for (int i = 0; i < spans.size(); i++) {
      byId.put(spans.get(i).id(), i);
    }
    Map<Long, Integer> firstOfMissing = new HashMap<>();
    int[] group = new int[spans.size()];
    for (int i = 0; i < spans.size(); i++) {
      long id = spans.get(i).parent();
      Integer parent = id == 0 ? null : byId.get(id);
      result.parents[i] = parent == null ? NONE : parent;
      group[i] = i;
      if (id != 0 && parent == null) {
        result.warnings.put(i, new SpanWarning.ParentMissing(id));
        Integer first = firstOfMissing.putIfAbsent(id, i);
        group[i] = first == null ? i : first;
      }
    }
    result.breakCycles(spans);
    for (int i = 0; i < spans.size(); i++) {
      if (result.parents[i] == NONE) {
        result.roots.add(i);
      }
    }
    // Spans are sorted by start, so a smaller index is an earlier span.
    result.roots.sort(
        Comparator.comparingInt((Integer root) -> group[root]).thenComparingInt(root -> root));
    return result;
  }

  /** Every span has one parent, so each cycle is met once by following parents. */
  private void breakCycles(List<Span> spans) {
    int[] seenBy = new int[parents.length]; // 0 = not yet, else the walk that saw it
    for (int start = 0; start < parents.length; start++) {
      int walk = start + 1;
      int at = start;
      while (at != NONE && seenBy[at] == 0) {
        seenBy[at] = walk;
        at = parents[at];
      }
      if (at == NONE || seenBy[at] != walk) {
        continue;
      }
      int earliest = at;
      for (int in = parents[at]; in != at; in = parents[in]) {
        earliest = Math.min(earliest, in);
      }
      warnings.put(earliest, new SpanWarning.InCycle(spans.get(earliest).parent()));
      parents[earliest] = NONE;
    }
  }

  /** Index of the parent, -1 for a root. */
  int of(int index) {
    return parents[index];
  }

  List<Integer> roots() {
    return roots;
  }

  List<SpanWarning> warnings(int index) {
    SpanWarning warning = warnings.get(index);
    return warning == null ? List.of() : List.of(warning);
  }
}
