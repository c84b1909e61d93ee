package pharos.config.istio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How large a regular expression becomes when its repetitions are written out; one pass, and right
 * for any text, well formed or not.
 *
 * @param instructions about as many as RE2 would make
 * @param excessiveRepeat the first repetition that goes beyond Go's limit of 1,000, alone or
 *     together with those inside it; null when none does
 */
record RegexSize(long instructions, @Nullable String excessiveRepeat) {
  private static final int MAX_REPEAT = 1_000;
  private static final long MUCH = 1L << 40;

  static RegexSize of(String regex) {
    return new Reader(regex).read();
  }

  /** A group that is open, or the whole expression. */
  private static final class Group {
    private long size;
    private long repeats = 1;
    private long atom;
    private long atomRepeats = 1;

    /** Takes another atom; the one before can no longer be repeated. */
    void add(long atomSize, long repeatsInside) {
      size = Math.min(MUCH, size + atomSize);
      atom = atomSize;
      atomRepeats = repeatsInside;
      repeats = Math.max(repeats, repeatsInside);
    }

    /** Writes the last atom out. */
    void repeat(long times) {
      size = Math.min(MUCH, size + atom * (times - 1));
      atom = Math.min(MUCH, atom * times);
      atomRepeats = Math.min(MUCH, atomRepeats * times);
      repeats = Math.max(repeats, atomRepeats);
    }
  }

  private static final class Reader {
    private final String text;
    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group();
    private int at;
    private @Nullable String excessive;

    Reader(String text) {
      this.text = text;
    }

    RegexSize read() {
      while (at < text.length()) {
        char c = text.charAt(at);
        switch (c) {
          case '\\' -> escape();
          case '[' -> characterClass();
          case '(' -> {
            open.push(group);
            group = new Group();
            at++;
          }
          case ')' -> {
            at++;
            close();
          }
          case '{' -> repetition();
          case '*', '+', '?', '|' -> {
            group.size++;
            at++;
          }
          default -> {
            group.add(1, 1);
            at++;
          }
        }
      }
      while (!open.isEmpty()) {
        close();
      }
      return new RegexSize(group.size, excessive);
    }

    private void close() {
      Group outer = open.poll();
      if (outer != null) {
        outer.add(group.size + 2, group.repeats);
        group = outer;
      }
    }

    private void escape() {
      if (text.startsWith("\\Q", at)) {
        int end = text.indexOf("\\E", at + 2);
        int stop = end < 0 ? text.length() : end;
        for (int i = at + 2; i < stop; i++) {
          group.add(1, 1);
        }
        at = end < 0 ? stop : stop + 2;
        return;
      }
      char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      boolean braced = (kind == 'p' || kind == 'P' || kind == 'x') && text.startsWith("{", at + 2);
      int end = braced ? text.indexOf('}', at + 2) : -1;
      at = end < 0 ? Math.min(text.length(), at + 2) : end + 1;
      group.add(1, 1);
    }

    private void characterClass() {
      int i = at + 1;
      if (i < text.length() && text.charAt(i) == '^') {
        i++;
      }
      boolean first = true;
      while (i < text.length() && (first || text.charAt(i) != ']')) {
        first = false;
        if (text.charAt(i) == '\\') {
          i++;
        } else if (text.startsWith("[:", i)) {
          int end = text.indexOf(":]", i + 2);
          i = end < 0 ? i : end + 1;
        }
        i++;
      }
      at = Math.min(text.length(), i + 1);
      group.add(1, 1);
    }

    /** <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>; anything else is a text. */
    private void repetition() {
      int end = text.indexOf('}', at);
      String inside = end < 0 ? "" : text.substring(at + 1, end);
      int comma = inside.indexOf(',');
      int least = number(comma < 0 ? inside : inside.substring(0, comma));
      int most =
          comma < 0 || comma == inside.length() - 1 ? least : number(inside.substring(comma + 1));
      if (least < 0 || most < 0) {
        group.add(1, 1);
        at++;
        return;
      }
      long times = Math.max(least, most);
      if (times > 1) {
        group.repeat(times);
        if (excessive == null && group.atomRepeats > MAX_REPEAT) {
          excessive = text.substring(at, end + 1);
        }
      }
      at = end + 1;
    }

    /** A number in decimal digits, at most just over the limit; -1 when it is none. */
    private static int number(String digits) {
      int value = digits.isEmpty() ? -1 : 0;
      for (int i = 0; i < digits.length(); i++) {
        int digit = digits.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return -1;
        }
        value = Math.min(value * 10 + digit, MAX_REPEAT + 1);
      }
      return value;
    }
  }
}
