package pharos.graph.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Traces by seed: overlapping, outside of their parents, without length, of all kinds. */
final class RandomTraces {
  private static final List<String> SERVICES = List.of("a", "b", "c", "d", "");

  private RandomTraces() {}

  /** One root; up to 40 spans; with orphans if wanted. */
  static List<Span> small(long seed, boolean orphans) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(40);
    List<Span> spans = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      long start = TraceText.EPOCH_NANOS + random.nextInt(60) * 1_000_000L;
      long end = start + random.nextInt(40) * 1_000_000L;
      long parent = i == 1 ? 0 : 1 + random.nextInt(i - 1);
      if (orphans && i > 1 && random.nextInt(12) == 0) {
        parent = 1_000L + random.nextInt(3);
      }
      spans.add(span(random, i, parent, start, end));
    }
    return spans;
  }

  private static Span span(Random random, long id, long parent, long start, long end) {
    Span.Kind[] kinds = Span.Kind.values();
    String peer = random.nextInt(3) == 0 ? SERVICES.get(random.nextInt(SERVICES.size())) : "";
    return new Span(
        id,
        parent,
        kinds[random.nextInt(kinds.length)],
        Emitter.ofService(SERVICES.get(random.nextInt(SERVICES.size()))),
        "op" + random.nextInt(4),
        peer,
        "",
        start,
        end,
        random.nextInt(8) == 0);
  }

  /** Each span is the only child of the one before. */
  static List<Span> chain(int size) {
    List<Span> spans = new ArrayList<>(size);
    for (int i = 1; i <= size; i++) {
      spans.add(plain(i, i - 1, TraceText.EPOCH_NANOS + i, TraceText.EPOCH_NANOS + 2L * size - i));
    }
    return spans;
  }

  /** All spans are children of the first, one after the other. */
  static List<Span> flat(int size) {
    List<Span> spans = new ArrayList<>(size);
    spans.add(plain(1, 0, TraceText.EPOCH_NANOS, TraceText.EPOCH_NANOS + 10L * size));
    for (int i = 2; i <= size; i++) {
      long start = TraceText.EPOCH_NANOS + 10L * (i - 2);
      spans.add(plain(i, 1, start, start + 8));
    }
    return spans;
  }

  private static Span plain(long id, long parent, long start, long end) {
    Span.Kind kind = id % 2 == 0 ? Span.Kind.SERVER : Span.Kind.CLIENT;
    return new Span(
        id, parent, kind, Emitter.ofService("s" + id / 2 % 7), "op", "", "", start, end, false);
  }
}
