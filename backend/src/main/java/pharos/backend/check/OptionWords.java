package pharos.backend.check;

import java.util.ArrayList;
import java.util.List;

/** The words after a command, read one by one; {@code --flag=value} counts as two. */
public final class OptionWords {
  private final List<String> words = new ArrayList<>();
  private int at;

  public OptionWords(List<String> given) {
    for (String word : given) {
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      if (equals > 0) {
        words.add(word.substring(0, equals));
        words.add(word.substring(equals + 1));
      } else {
        words.add(word);
      }
    }
  }

  public boolean more() {
    return at < words.size();
  }

  public String next() {
    return words.get(at++);
  }

  /**
   * The value of the option that was read last.
   *
   * @throws IllegalArgumentException when nothing follows
   */
  public String value() {
    if (!more()) {
      throw new IllegalArgumentException(words.get(at - 1) + ": a value is missing");
    }
    return next();
  }

  /** Everything up to the next option, at least one. */
  public List<String> values() {
    List<String> values = new ArrayList<>(List.of(value()));
    while (more() && (!words.get(at).startsWith("-") || words.get(at).equals("-"))) {
      values.add(next());
    }
    return values;
  }
}
