package pharos.graph.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder under {@code golden/trace} is one story; the first line of its spans says what it
 * proves. {@code -Dgolden.update=true} rewrites the expectations; read them before keeping them.
 */
class GoldenTraceTest {
  private static final Path ROOT = Path.of("src/test/resources/golden/trace");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trace_ofSpans_isAsExpected(Path folder) throws IOException {
    String picture = picture(TraceText.spans(Files.readString(folder.resolve("spans.txt"))));
    Path golden = folder.resolve("trace.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, picture);
    }
    assertThat(picture).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trace_ofSpansInAnotherOrder_isTheSame(Path folder) throws IOException {
    List<Span> spans = TraceText.spans(Files.readString(folder.resolve("spans.txt")));
    String expected = picture(spans);
    for (long seed = 1; seed <= 20; seed++) {
      List<Span> shuffled = new ArrayList<>(spans);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(picture(shuffled)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static String picture(List<Span> spans) {
    TraceTree tree = TraceTree.of(spans);
    ClockSkew skew = ClockSkew.of(tree);
    String raw = TraceText.picture(tree);
    return skew.any() ? raw + "adjusted\n" + TraceText.picture(skew.adjusted(tree)) : raw;
  }
}
