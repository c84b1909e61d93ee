package pharos.backend.source.scrape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where the value of each line goes, so that a line whose name and labels are those of
 * the last scrape costs a hash and a compare instead of a parse. A proxy prints its series in a
 * stable order, so the next line is nearly always the next entry. Lines are kept as a seeded 64-bit
 * hash and a length, not as bytes: the lines of a mesh of 1,000 services are some 400 MB, and two
 * of one target's lines collide once in a hundred million meshes.
 */
final class LineMemo {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0xa0761d6478bd642fL;

  private final long seed;
  private long[] hashes = new long[64];
  private int[] lengths = new int[64];
  private Cell[] cells = new Cell[64];
  private int size;
  private int cursor;

  /** Entry number + 1 by hash, open addressing; 0 is free. */
  private int[] table = new int[256];

  /** Where the value of a line goes. */
  record Cell(Column column, int part) {}

  LineMemo(long seed) {
    this.seed = seed;
  }

  int size() {
    return size;
  }

  /** A new scrape begins: its first line is expected to be the first entry. */
  void rewind() {
    cursor = 0;
  }

  /** Length of name and labels of the line that is expected next; -1 when none is. */
  int expectedLength() {
    return cursor < size ? lengths[cursor] : -1;
  }

  /** The expected entry if the bytes are its name and labels, null if not. */
  @Nullable Cell expected(byte[] body, int from) {
    if (hash(body, from, lengths[cursor]) != hashes[cursor]) {
      return null;
    }
    return cells[cursor++];
  }

  /** The entry of a line that came out of order; the one behind it is expected next. */
  @Nullable Cell find(byte[] body, int from, int length) {
    long hash = hash(body, from, length);
    int mask = table.length - 1;
    for (int at = (int) hash & mask; table[at] != 0; at = (at + 1) & mask) {
      int entry = table[at] - 1;
      if (hashes[entry] == hash && lengths[entry] == length) {
        cursor = entry + 1;
        return cells[entry];
      }
    }
    return null;
  }

  void remember(byte[] body, int from, int length, Cell cell) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
      cells = Arrays.copyOf(cells, size * 2);
    }
    hashes[size] = hash(body, from, length);
    lengths[size] = length;
    cells[size] = cell;
    size++;
    cursor = size;
    if (size * 2 > table.length) {
      table = new int[table.length * 2];
      for (int entry = 0; entry < size; entry++) {
        index(entry);
      }
    } else {
      index(size - 1);
    }
  }

  private void index(int entry) {
    int mask = table.length - 1;
    int at = (int) hashes[entry] & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = entry + 1;
  }

  /** Forgets the lines of some columns. */
  void forget(Predicate<Column> gone) {
    int kept = 0;
    for (int entry = 0; entry < size; entry++) {
      if (!gone.test(cells[entry].column())) {
        hashes[kept] = hashes[entry];
        lengths[kept] = lengths[entry];
        cells[kept] = cells[entry];
        kept++;
      }
    }
    Arrays.fill(cells, kept, size, null);
    size = kept;
    cursor = 0;
    Arrays.fill(table, 0);
    for (int entry = 0; entry < size; entry++) {
      index(entry);
    }
  }

  /** Sixteen bytes per step, each folded with a 128-bit product. */
  long hash(byte[] body, int from, int length) {
    long hash = seed ^ length;
    int end = from + length;
    int at = from;
    for (; at + 16 <= end; at += 16) {
      hash = fold((long) LONGS.get(body, at) ^ FACTOR, (long) LONGS.get(body, at + 8) ^ hash);
    }
    long low = 0;
    long high = 0;
    for (int shift = 0; at < end && shift < 64; at++, shift += 8) {
      low |= (body[at] & 0xffL) << shift;
    }
    for (int shift = 0; at < end; at++, shift += 8) {
      high |= (body[at] & 0xffL) << shift;
    }
    return fold(low ^ FACTOR, high ^ hash);
  }

  private static long fold(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }
}
