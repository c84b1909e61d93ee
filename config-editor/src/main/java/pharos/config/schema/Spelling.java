package pharos.config.schema;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the known names somebody meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * The nearest of some names, or null when none is near: the same letters in other case or with
   * underscores or dashes, the singular for the plural or the other way round, else at most one
   * slip per four letters (a letter missing, added, changed, or two swapped).
   */
  public static @Nullable String nearest(String written, Collection<String> names) {
    String plain = plain(written);
    @Nullable String best = null;
    int bestDistance = Math.max(1, written.length() / 4) + 1;
    for (String name : names) {
      String other = plain(name);
      if (other.equals(plain) || singular(other).equals(singular(plain))) {
        return name;
      }
      if (Math.abs(other.length() - plain.length()) < bestDistance) {
        int distance = distance(plain, other);
        if (distance < bestDistance) {
          best = name;
          bestDistance = distance;
        }
      }
    }
    return best;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static String singular(String name) {
    if (name.endsWith("ies")) {
      return name.substring(0, name.length() - 3) + "y";
    }
    return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
  }

  /** Slips between two texts, with swapped neighbours as one (optimal string alignment). */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] reused = beforeLast;
      beforeLast = last;
      last = row;
      row = reused;
    }
    return last[b.length()];
  }
}
