package pharos.graph.build;

/**
 * Adds doubles so that the order of addition does not show. A plain sum of the same rates differs
 * in its last digits when series arrive in another order, and then every frame of an idle mesh
 * would differ from the one before. The error of each addition is kept aside (Neumaier).
 */
final class Sum {
  private double high;
  private double low;

  void add(double value) {
    double sum = high + value;
    if (Math.abs(high) >= Math.abs(value)) {
      low += (high - sum) + value;
    } else {
      low += (value - sum) + high;
    }
    high = sum;
  }

  void add(Sum other) {
    add(other.high);
    low += other.low;
  }

  double value() {
    return high + low;
  }
}
