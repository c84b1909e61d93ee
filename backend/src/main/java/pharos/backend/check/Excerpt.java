package pharos.backend.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Place;

/** The lines that a finding is about, with carets under the place. */
final class Excerpt {
  /** Longer lines are cut around the place; a terminal wraps them beyond recognition. */
  private static final int WIDTH = 100;

  private static final int BEFORE = 40;
  private static final String CUT = "…";

  private final Paint paint;
  private final Map<String, List<String>> files = new HashMap<>();

  /**
   * @param texts what cannot be read from a file, by name
   */
  Excerpt(Paint paint, Map<String, String> texts) {
    this.paint = paint;
    texts.forEach((name, text) -> files.put(name, text.lines().toList()));
  }

  /**
   * The line of a place with carets, and the line before it for context; the last line for a place
   * behind it. Empty when the file cannot be read any more.
   *
   * @param end just after the place; null when only its beginning is known
   */
  List<String> lines(String file, Place place, @Nullable Place end) {
    List<String> text = files.computeIfAbsent(file, Excerpt::read);
    if (text.isEmpty()) {
      return List.of();
    }
    if (place.line() > text.size()) {
      String last = text.getLast();
      return lines(file, new Place(text.size(), last.length() + 1, place.offset()), null);
    }
    List<String> lines = new ArrayList<>();
    int width = Integer.toString(place.line()).length();
    String before = place.line() > 1 ? text.get(place.line() - 2) : "";
    if (!before.isBlank() && !before.startsWith("---") && before.length() <= WIDTH) {
      lines.add(gutter(width, place.line() - 1) + Printable.of(before));
    }
    String line = text.get(place.line() - 1);
    int from = Math.min(place.column() - 1, line.length());
    int to =
        end != null && end.line() == place.line() && end.column() > place.column()
            ? Math.min(end.column() - 1, line.length())
            : Math.min(from + 1, line.length());
    int cutBefore = line.length() > WIDTH && from > BEFORE ? from - BEFORE : 0;
    int cutAfter = Math.min(line.length(), cutBefore + WIDTH);
    String shown =
        (cutBefore > 0 ? CUT : "")
            + Printable.of(line.substring(cutBefore, cutAfter))
            + (cutAfter < line.length() ? CUT : "");
    String pad = Printable.blank((cutBefore > 0 ? CUT : "") + line.substring(cutBefore, from));
    int carets = Printable.width(line.substring(from, Math.max(from, Math.min(to, cutAfter))));
    lines.add(gutter(width, place.line()) + shown);
    lines.add(gutter(width, 0) + pad + paint.mark("^".repeat(Math.max(1, carets))));
    return lines;
  }

  private String gutter(int width, int number) {
    String text = number == 0 ? "" : Integer.toString(number);
    return paint.dim("  %s%s |".formatted(" ".repeat(width - text.length()), text)) + " ";
  }

  private static List<String> read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException | InvalidPathException _) {
      return List.of(); // the finding stands without its excerpt
    }
  }
}
