package pharos.backend.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dictionary of a frame: each text once, in order of first use. */
final class Texts {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  int number(String text) {
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  void write(ColumnWriter out) {
    out.count(numbers.size());
    numbers.keySet().forEach(out::text);
  }

  static List<String> read(ColumnReader in) throws IOException {
    int count = in.rows();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }
}
