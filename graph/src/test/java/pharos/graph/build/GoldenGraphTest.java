package pharos.graph.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.graph.TrafficGraph;

/**
 * Every folder under {@code golden/graph} proves the rule that its name says; its first comment
 * line cites the rule. {@code -Dgolden.update=true} rewrites the expectations; read them before
 * keeping them.
 */
class GoldenGraphTest {
  private static final Path ROOT = Path.of("src/test/resources/golden/graph");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void graph_ofSeries_isAsExpected(Path folder) throws IOException {
    SeriesText series = SeriesText.read(Files.readString(folder.resolve("series.prom")));
    TrafficGraph graph = TrafficGraphs.of(series.samples(), series.inventory(), series.options());
    Path golden = folder.resolve("graph.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, GraphText.of(graph));
    }
    assertThat(GraphText.of(graph)).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void graph_ofSeriesInAnotherOrder_isEqual(Path folder) throws IOException {
    SeriesText series = SeriesText.read(Files.readString(folder.resolve("series.prom")));
    TrafficGraph graph = TrafficGraphs.of(series.samples(), series.inventory(), series.options());
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(TrafficGraphs.of(series.shuffled(seed), series.inventory(), series.options()))
          .as("seed %d", seed)
          .isEqualTo(graph);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void series_ofCase_citeTheirRule(Path folder) throws IOException {
    assertThat(Files.readAllLines(folder.resolve("series.prom")).getFirst())
        .matches("# kiali §3\\.\\d.*");
  }
}
