package pharos.backend.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the columns of a frame: variable-length numbers, texts and rates. */
final class ColumnWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);

  /** A number ≥ 0 in seven bits per byte, low bits first. */
  void count(int value) {
    number(value);
  }

  /** As {@link #count}; negative numbers take ten bytes. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Four bytes, high first. */
  void rate(double value) {
    int bits = Float.floatToIntBits((float) value);
    out.write(bits >>> 24);
    out.write(bits >>> 16);
    out.write(bits >>> 8);
    out.write(bits);
  }

  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    out.writeBytes(bytes);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
