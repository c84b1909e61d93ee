package pharos.config.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void at_everyCodePoint_countsLinesAndColumnsAsAnEditorDoes() {
    for (String text : List.of("", "a", "\n", "a\nbc\n\nd", "\uD83D\uDE00x\n\uD83D\uDE00\r\ny")) {
      Places places = new Places(text, new Place(10, 1, 100));
      int offset = 0;
      for (int codePoint = 0; offset <= text.length(); codePoint++) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        assertThat(places.at(codePoint))
            .isEqualTo(new Place(10 + line, offset - before.lastIndexOf('\n'), 100 + offset))
            .isEqualTo(places.at(codePoint, line));
        offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 1;
      }
      assertThat(places.at(1_000).offset()).isEqualTo(100 + text.length());
    }
  }
}
