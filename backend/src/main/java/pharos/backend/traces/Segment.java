package pharos.backend.traces;

import java.util.Collection;
import java.util.Set;

/**
 * Spans of one trace that arrived together: the unit that is stored.
 *
 * @param startMicros since 1970, of the first span
 * @param endMicros since 1970, of the last span
 * @param tokens what a search can ask for, see {@link Tokens}
 * @param names services with operations, and keys of attributes, for completion
 * @param payload OTLP {@code TracesData}, deflated
 */
public record Segment(
    TraceId trace,
    long startMicros,
    long endMicros,
    int spans,
    int errors,
    Collection<Integer> tokens,
    Set<Name> names,
    Payload payload) {

  public Segment {
    names = Set.copyOf(names);
  }

  /** Something that a search box can offer. */
  public sealed interface Name {

    /** What a service does. */
    record Operation(String service, String operation) implements Name {}

    /** A key that spans have. */
    record Key(String key) implements Name {}
  }
}
