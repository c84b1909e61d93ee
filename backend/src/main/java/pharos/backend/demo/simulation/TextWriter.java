package pharos.backend.demo.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects ASCII text in one growing array: a scrape is copying and digits, nothing else. */
public final class TextWriter {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** Forgets the text and keeps the memory. */
  public void clear() {
    length = 0;
  }

  /** A copy of the text. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  TextWriter add(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  TextWriter add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digits of a count and the end of the line. */
  TextWriter line(long value) {
    reserve(21);
    if (value == 0) {
      bytes[length++] = '0';
    } else {
      int digits = 0;
      for (long rest = value; rest > 0; rest /= 10) {
        digits++;
      }
      int at = length + digits;
      for (long rest = value; rest > 0; rest /= 10) {
        bytes[--at] = (byte) ('0' + rest % 10);
      }
      length += digits;
    }
    bytes[length++] = '\n';
    return this;
  }

  /** A number with fraction and the end of the line. */
  TextWriter line(double value) {
    return add(Double.toString(value)).add("\n");
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
