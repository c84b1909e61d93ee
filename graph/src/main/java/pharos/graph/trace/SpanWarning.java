package pharos.graph.trace;

/** What was wrong with a span, and what was done about it. */
public sealed interface SpanWarning {

  /** The parent is not in the trace, so the span is a root of its own. */
  record ParentMissing(long parent) implements SpanWarning {}

  /** The span is its own ancestor; it was made a root. */
  record InCycle(long parent) implements SpanWarning {}

  /** Another span has the same id; this one was given another, its children went to the first. */
  record DuplicateId(long original) implements SpanWarning {}

  /** No start was given, so the span begins with its parent. */
  record StartMissing() implements SpanWarning {}

  /** The span ends before it begins; it is shown without length. */
  record EndBeforeStart(long nanos) implements SpanWarning {}
}
