package pharos.graph.sample;

/** Which proxy reported a call: the label {@code reporter} of Istio's standard metrics. */
public enum Reporter {
  SOURCE,
  DESTINATION,
  WAYPOINT
}
