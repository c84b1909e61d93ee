package pharos.graph.sample;

/**
 * Calls seen in trace spans, for edges that metrics lack. Always sampled, so never added to a
 * metric's rate.
 *
 * @param call who called whom, with the same meaning as in metrics; what a span does not say is
 *     {@code unknown}
 * @param errors share of calls that failed, 0 to 1
 * @param perSecond calls per second in the sampled spans
 * @param meanMillis mean duration in milliseconds
 */
public record SpanCall(
    CallLabels call, Protocol protocol, double perSecond, double errors, double meanMillis) {}
