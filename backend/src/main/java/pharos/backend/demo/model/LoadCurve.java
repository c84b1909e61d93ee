package pharos.backend.demo.model;

/**
 * How a rate changes with time: two slow waves and a short burst now and then, so that charts are
 * never flat. A function of time alone; its mean over long times is close to 1.
 *
 * @param phase shifts the waves, so that not everything rises at once; any number
 */
public record LoadCurve(double phase) {
  private static final double SLOW_PERIOD_SECONDS = 900;
  private static final double FAST_PERIOD_SECONDS = 97;
  private static final double BURST_EVERY_SECONDS = 240;
  private static final double BURST_SECONDS = 15;

  /** The factor at this many seconds since the start, always positive. */
  public double at(double seconds) {
    double slow = 0.25 * Math.sin(2 * Math.PI * seconds / SLOW_PERIOD_SECONDS + phase);
    double fast = 0.10 * Math.sin(2 * Math.PI * seconds / FAST_PERIOD_SECONDS + 3 * phase);
    double sinceBurst = (seconds + 60 * phase) % BURST_EVERY_SECONDS;
    double burst = sinceBurst >= 0 && sinceBurst < BURST_SECONDS ? 1.5 : 1;
    return (1 + slow + fast) * burst;
  }
}
