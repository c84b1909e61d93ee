package pharos.backend.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bucket bounds of a frame's histograms. Nearly all proxies use the same ones, so a row names
 * an earlier row's bounds, or says "new" and brings its own.
 */
final class BoundTable {
  private static final int MAX_BUCKETS = 1000;

  private final List<double[]> seen = new ArrayList<>();

  void write(ColumnWriter out, double[] bounds) {
    for (int i = 0; i < seen.size(); i++) {
      if (Arrays.equals(seen.get(i), bounds)) {
        out.count(i + 1);
        return;
      }
    }
    seen.add(bounds);
    out.count(0);
    out.count(bounds.length);
    for (double bound : bounds) {
      out.number(Double.doubleToLongBits(bound)); // exact: a bound is a label, not a measurement
    }
  }

  double[] read(ColumnReader in) throws IOException {
    int number = in.index();
    if (number > seen.size()) {
      throw new IOException("reference to bounds %d of %d".formatted(number, seen.size()));
    }
    if (number > 0) {
      return seen.get(number - 1);
    }
    int count = in.rows();
    if (count > MAX_BUCKETS) {
      throw new IOException("histogram of %d buckets".formatted(count));
    }
    double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = Double.longBitsToDouble(in.number());
    }
    seen.add(bounds);
    return bounds;
  }
}
