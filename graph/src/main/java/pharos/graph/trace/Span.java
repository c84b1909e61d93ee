package pharos.graph.trace;

import java.util.Comparator;

/**
 * What the analysis needs of one span. Attributes and events stay where the span is stored.
 *
 * @param id not 0
 * @param parent id of the parent, 0 for none
 * @param peer who was called, as the caller names it; empty when it does not
 * @param flags Envoy's response flags, empty for none
 * @param startNanos since 1970; 0 when the emitter did not say
 * @param endNanos since 1970
 */
public record Span(
    long id,
    long parent,
    Kind kind,
    Emitter emitter,
    String name,
    String peer,
    String flags,
    long startNanos,
    long endNanos,
    boolean error) {

  /** Input may come in any order; the answers must not depend on it. */
  static final Comparator<Span> ORDER =
      Comparator.comparingLong(Span::startNanos)
          .thenComparing(Comparator.comparingLong(Span::endNanos).reversed())
          .thenComparingLong(Span::id)
          .thenComparing(Span::kind)
          .thenComparing(Span::name)
          .thenComparingLong(Span::parent)
          .thenComparing(span -> span.emitter().clock())
          .thenComparing(span -> span.emitter().service())
          .thenComparing(Span::peer)
          .thenComparing(Span::flags)
          .thenComparing(Span::error);

  /** Which part of a call a span is; in the order of OpenTelemetry's numbers, from 0. */
  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  public Span {
    if (id == 0) {
      throw new IllegalArgumentException(
          "span %s: id 0 (expected: another number)".formatted(name));
    }
  }

  Span withIds(long newId, long newParent) {
    return new Span(
        newId, newParent, kind, emitter, name, peer, flags, startNanos, endNanos, error);
  }

  Span shifted(long nanos) {
    return nanos == 0 || startNanos == 0
        ? this
        : new Span(
            id,
            parent,
            kind,
            emitter,
            name,
            peer,
            flags,
            startNanos + nanos,
            endNanos + nanos,
            error);
  }
}
