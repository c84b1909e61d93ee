package pharos.backend.traces;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pharos.graph.trace.Emitter;

/**
 * What an index knows of a segment: a number per {@code key=value} and per key that any span has.
 * Numbers may collide, so a hit is looked at before it is shown.
 */
public final class Tokens {
  /** Stands for "there was more than fits": such a segment is a candidate for every search. */
  public static final int OVERFLOW = 0;

  private static final int MAX_PER_SEGMENT = 2_000;
  private static final int MAX_VALUE = 256;

  /** Differ on nearly every span, and nobody searches for one of their values. */
  private static final Set<String> NOISE =
      Set.of(
          "request_size",
          "response_size",
          "http.request.body.size",
          "http.response.body.size",
          "thread.id");

  private final Set<Integer> tokens = new TreeSet<>();

  Set<Integer> all() {
    return tokens;
  }

  void add(StoredSpan span) {
    Emitter emitter = span.emitter();
    add("service", emitter.service());
    add("workload", emitter.workload());
    add("namespace", emitter.namespace());
    add("version", emitter.version());
    add("cluster", emitter.cluster());
    add("pod", emitter.pod());
    add("operation", span.otlp().getName());
    add("kind", SpanField.kind(span));
    add("status", SpanField.status(span));
    add("flags", span.core().flags());
    addAll(span.attributes());
    addAll(span.resourceAttributes());
  }

  private void addAll(Map<String, String> attributes) {
    attributes.forEach((key, value) -> {
      if (!NOISE.contains(key) && value.length() <= MAX_VALUE) {
        put(of(key, value));
      }
      put(of(key));
    });
  }

  private void add(String key, String value) {
    if (!value.isEmpty()) {
      put(of(key, value));
      put(of(key));
    }
  }

  private void put(int token) {
    if (tokens.size() >= MAX_PER_SEGMENT) {
      tokens.add(OVERFLOW);
    } else {
      tokens.add(token);
    }
  }

  /** Whether the index can be asked for this value of this key. */
  static boolean indexed(String key, String value) {
    return !NOISE.contains(key) && value.length() <= MAX_VALUE;
  }

  /** Some span has the key. */
  static int of(String key) {
    return hash(key + "=*");
  }

  /** Some span has the key with the value. */
  static int of(String key, String value) {
    return hash(key + '=' + value);
  }

  /** FNV-1a over 64 bits, folded; stored, so it must never change. */
  private static int hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    int folded = (int) (hash ^ hash >>> 32);
    return folded == OVERFLOW ? 1 : folded;
  }
}
