package pharos.backend.traffic;

import java.util.function.Supplier;

/** Port: what this feature counts of its own work. */
public interface TrafficProbe {

  /** A frame was published. */
  void frame();

  /** Runs and measures the building of one graph. */
  <T> T timed(Supplier<T> build);

  /** Measures nothing. */
  TrafficProbe NONE =
      new TrafficProbe() {
        @Override
        public void frame() {}

        @Override
        public <T> T timed(Supplier<T> build) {
          return build.get();
        }
      };
}
