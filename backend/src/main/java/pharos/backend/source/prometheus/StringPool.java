package pharos.backend.source.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * One string per distinct label value of an answer, found from the parser's own characters: an
 * answer of 50,000 rows holds a million values and a few thousand different ones.
 */
final class StringPool {
  private static final int LIMIT = 1 << 17;

  private @Nullable String[] table = new @Nullable String[1 << 12];
  private int size;

  String get(char[] text, int from, int length) {
    int hash = 0; // the same sum as String.hashCode, which caches its own
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + text[i];
    }
    int mask = table.length - 1;
    int at = spread(hash) & mask;
    for (String known = table[at]; known != null; known = table[at]) {
      if (known.length() == length && known.hashCode() == hash && same(known, text, from)) {
        return known;
      }
      at = (at + 1) & mask;
    }
    var added = new String(text, from, length);
    if (size < LIMIT) {
      table[at] = added;
      size++;
      if (size * 2 > table.length) {
        grow();
      }
    }
    return added;
  }

  private static boolean same(String known, char[] text, int from) {
    for (int i = 0; i < known.length(); i++) {
      if (known.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    @Nullable String[] old = table;
    table = new @Nullable String[old.length * 2];
    int mask = table.length - 1;
    for (String value : old) {
      if (value != null) {
        int at = spread(value.hashCode()) & mask;
        while (table[at] != null) {
          at = (at + 1) & mask;
        }
        table[at] = value;
      }
    }
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 15);
  }
}
