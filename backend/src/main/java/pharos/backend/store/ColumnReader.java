package pharos.backend.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ColumnWriter} wrote; refuses what it cannot have written. */
final class ColumnReader {
  private final byte[] bytes;
  private int position;

  ColumnReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("number of more than 64 bits at byte " + position);
  }

  /** A number that fits an int and is not negative. */
  int index() throws IOException {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IOException("number %d at byte %d".formatted(value, position));
    }
    return (int) value;
  }

  /** A number of rows; each of them takes at least one more byte. */
  int rows() throws IOException {
    int count = index();
    if (count > bytes.length - position) {
      throw new IOException("%d rows in %d bytes".formatted(count, bytes.length - position));
    }
    return count;
  }

  /** One column of numbers below {@code limit}. */
  int[] indexes(int count, int limit) throws IOException {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = index();
      if (values[i] >= limit) {
        throw new IOException("reference to %d of %d".formatted(values[i], limit));
      }
    }
    return values;
  }

  double rate() throws IOException {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = (bits << 8) | (next() & 0xFF);
    }
    return Float.intBitsToFloat(bits);
  }

  double[] rates(int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = rate();
    }
    return values;
  }

  String text() throws IOException {
    int length = index();
    if (length > bytes.length - position) {
      throw new IOException("text of %d bytes at byte %d".formatted(length, position));
    }
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  private byte next() throws IOException {
    if (position >= bytes.length) {
      throw new IOException("frame ends at byte " + position);
    }
    return bytes[position++];
  }
}
