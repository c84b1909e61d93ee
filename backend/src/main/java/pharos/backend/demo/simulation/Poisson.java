package pharos.backend.demo.simulation;

import java.util.random.RandomGenerator;

/** Counts of independent events. */
final class Poisson {
  /** Above this mean the normal distribution is near enough, and its cost does not grow. */
  private static final double LARGE_MEAN = 40;

  private Poisson() {}

  static int draw(RandomGenerator random, double mean) {
    if (mean > LARGE_MEAN) {
      double draw = mean + Math.sqrt(mean) * random.nextGaussian();
      return (int) Math.max(0, Math.rint(draw));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
