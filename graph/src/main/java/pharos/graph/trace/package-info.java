/**
 * What the spans of one trace, or of many, tell: their tree, where the time went, and who called
 * whom. Values and pure functions only; nothing recurses, because a chain of 100,000 calls is a
 * trace too. Start reading at {@link pharos.graph.trace.TraceTree}.
 */
@NullMarked
package pharos.graph.trace;

import org.jspecify.annotations.NullMarked;
