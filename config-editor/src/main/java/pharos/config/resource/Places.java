package pharos.config.resource;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parser's code point offsets into places of a file, in a time that does not grow with
 * the length of a line: a minified document is one line.
 */
final class Places {
  private final Place origin;
  private final int length;
  private final int[] newlines;

  /** UTF-16 offset by code point; null when the two are the same. */
  private final int @Nullable [] utf16;

  /**
   * @param origin where the text begins in its file
   */
  Places(String text, Place origin) {
    this.origin = origin;
    this.length = text.length();
    this.newlines = newlines(text);
    this.utf16 = offsets(text);
  }

  /**
   * @param codePoint from 0
   * @param line from 0, as the parser counts lines
   */
  Place at(int codePoint, int line) {
    int offset = offset(codePoint);
    int before = before(offset);
    int lineStart = before == 0 ? 0 : newlines[before - 1] + 1;
    return new Place(origin.line() + line, offset - lineStart + 1, origin.offset() + offset);
  }

  /**
   * @param codePoint from 0
   */
  Place at(int codePoint) {
    return at(codePoint, before(offset(codePoint)));
  }

  private int offset(int codePoint) {
    int index = Math.max(codePoint, 0);
    return utf16 == null ? Math.min(index, length) : utf16[Math.min(index, utf16.length - 1)];
  }

  /** How many lines end before an offset. */
  private int before(int offset) {
    int found = Arrays.binarySearch(newlines, offset);
    return found < 0 ? -found - 1 : found;
  }

  private static int[] newlines(String text) {
    int[] positions = new int[64];
    int count = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, count * 2);
      }
      positions[count++] = at;
    }
    return Arrays.copyOf(positions, count);
  }

  private static int @Nullable [] offsets(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return null;
    }
    int[] offsets = new int[count + 1];
    int offset = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      if (offset < text.length()) {
        offset += Character.charCount(text.codePointAt(offset));
      }
    }
    return offsets;
  }
}
