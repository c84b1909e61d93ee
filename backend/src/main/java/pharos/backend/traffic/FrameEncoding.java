package pharos.backend.traffic;

import pharos.graph.view.GraphDelta;

/** Port: turns frames into bytes for the wire, once per frame and not per viewer. */
public interface FrameEncoding {

  /** The event for a whole graph. */
  WireEvent snapshot(String epoch, GraphFrame frame);

  /** The event for what changed since the frame {@code base}. */
  WireEvent delta(String epoch, long base, GraphFrame frame, GraphDelta delta);

  /** The event that says why there is no newer graph. */
  WireEvent problem(TrafficFailure failure);
}
