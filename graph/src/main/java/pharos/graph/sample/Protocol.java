package pharos.graph.sample;

/**
 * The protocol of an edge: the label {@code request_protocol}, or {@code TCP} for byte counters.
 */
public enum Protocol {
  HTTP,
  GRPC,
  TCP
}
