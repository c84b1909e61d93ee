package pharos.graph.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every span an id of its own. Equal spans are one. A client and a server that share an id,
 * as Zipkin's B3 has it, become parent and child; other spans with an id that is taken keep a
 * warning.
 *
 * @param spans in the order of {@link Span#ORDER}
 * @param originals derived id → the span as it was received
 * @param duplicates derived ids of spans whose id is taken by another, unlike a call's two halves
 * @param dropped copies of a span that was there already
 */
record SharedIds(List<Span> spans, Map<Long, Span> originals, Set<Long> duplicates, int dropped) {

  static SharedIds resolve(Iterable<Span> input) {
    List<Span> sorted = new ArrayList<>();
    input.forEach(sorted::add);
    sorted.sort(Span.ORDER);
    List<Span> unique = new ArrayList<>(sorted.size());
    Map<Long, Integer> holders = HashMap.newHashMap(sorted.size());
    Map<Long, List<Integer>> shared = new HashMap<>();
    for (Span span : sorted) {
      if (!unique.isEmpty() && unique.getLast().equals(span)) {
        continue;
      }
      Integer first = holders.putIfAbsent(span.id(), unique.size());
      if (first != null) {
        shared.computeIfAbsent(span.id(), _ -> new ArrayList<>(List.of(first))).add(unique.size());
      }
      unique.add(span);
    }
    int dropped = sorted.size() - unique.size();
    if (shared.isEmpty()) {
      return new SharedIds(List.copyOf(unique), Map.of(), Set.of(), dropped);
    }
    return separate(unique, shared, holders.keySet(), dropped);
  }

  private static SharedIds separate(
      List<Span> spans, Map<Long, List<Integer>> shared, Set<Long> taken, int dropped) {
    Map<Long, Span> originals = new HashMap<>();
    Set<Long> duplicates = new HashSet<>();
    Map<Long, Long> servers = new HashMap<>(); // shared id → new id of the server that has it
    BitSet called = new BitSet(spans.size()); // servers that became children of their caller
    Set<Long> ids = new HashSet<>(taken);
    List<Span> result = new ArrayList<>(spans);
    shared.forEach((id, holders) -> {
      int caller = caller(spans, holders);
      int first = caller < 0 ? holders.getFirst() : caller;
      int copy = 0;
      for (int index : holders) {
        if (index == first) {
          continue;
        }
        Span span = spans.get(index);
        long own = freeId(id, ++copy, ids);
        originals.put(own, span);
        if (caller >= 0 && isCallee(span)) {
          servers.putIfAbsent(id, own);
          called.set(index);
          result.set(index, span.withIds(own, id));
        } else {
          duplicates.add(own);
          result.set(index, span.withIds(own, span.parent()));
        }
      }
    });
    for (int i = 0; i < result.size(); i++) {
      Span span = result.get(i);
      Long server = servers.get(span.parent());
      if (server != null && !called.get(i)) {
        result.set(i, span.withIds(span.id(), server));
      }
    }
    result.sort(Span.ORDER);
    return new SharedIds(List.copyOf(result), originals, duplicates, dropped);
  }

  /** The one span that calls, -1 when no span or several do. */
  private static int caller(List<Span> spans, List<Integer> holders) {
    int found = -1;
    for (int index : holders) {
      Span.Kind kind = spans.get(index).kind();
      if (kind == Span.Kind.CLIENT || kind == Span.Kind.PRODUCER) {
        if (found >= 0) {
          return -1;
        }
        found = index;
      }
    }
    return found;
  }

  private static boolean isCallee(Span span) {
    return span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER;
  }

  /** The same for the same trace, whoever asks and whenever. */
  private static long freeId(long id, int copy, Set<Long> ids) {
    long candidate = id;
    do {
      candidate = (candidate ^ copy) * 0x9e3779b97f4a7c15L;
      candidate ^= candidate >>> 32;
    } while (candidate == 0 || !ids.add(candidate));
    return candidate;
  }
}
