package pharos.backend.source.otlp;

import pharos.graph.sample.Protocol;

/**
 * What the graph needs of one span of a proxy.
 *
 * @param trace trace id, 32 hex digits
 * @param own id of the span, 16 hex digits
 * @param parent id of the parent, empty for none
 * @param client whether the proxy called (kind CLIENT) or was called
 * @param upstream host of {@code upstream_cluster}, empty when there is none
 */
record ProxySpan(
    String trace,
    String own,
    String parent,
    boolean client,
    Workload workload,
    String upstream,
    Protocol protocol,
    long endMillis,
    double durationMillis,
    boolean error) {

  /** The proxy's workload, as its tags tell it; {@code unknown} where they do not. */
  record Workload(String cluster, String namespace, String name, String app, String version) {}
}
