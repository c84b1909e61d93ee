package pharos.config.routing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.cluster.MeshPolicies;
import pharos.config.routing.compile.MeshRouting;

/**
 * Requests against answers that were written by reading the routing semantics, never by running
 * this code: one file per topic, in the form of {@link DecisionCase} and {@link DecisionLine}.
 * After {@code why} stands a text that the explanation must contain.
 */
class DecisionGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden/routing");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decidesAsTheSemanticsSay(Path file) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (DecisionCase one : DecisionCase.read(file)) {
      MeshDeciders deciders =
          new MeshDeciders(
              MeshRouting.of(one.resources(), one.mesh(), MeshPolicies::of), one.mesh());
      for (DecisionCase.Line line : one.lines()) {
        DecisionLine.Asked asked = DecisionLine.asked(line.request());
        Decider decider = deciders.of(asked.from());
        Explained explained = decider.explain(asked.request());
        assertThat(decider.decide(asked.request())).isEqualTo(explained.decision());
        String[] expected = line.answer().split(" why ", 2);
        String answered = DecisionLine.answered(asked, explained, expected[0]);
        String reasons = DecisionLine.reasons(explained);
        if (!answered.equals(expected[0])
            || (expected.length > 1 && !reasons.contains(expected[1]))) {
          wrong.add(
              "%s:%d (%s)%n  %s%n  expected %s%n  answered %s%n%s"
                  .formatted(
                      file.getFileName(),
                      line.number(),
                      one.title(),
                      line.request(),
                      line.answer(),
                      answered,
                      reasons.indent(4)));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void thereAreAtLeastSixHundredDecisions() throws IOException {
    int decisions = 0;
    for (Path file : files().toList()) {
      for (DecisionCase one : DecisionCase.read(file)) {
        decisions += one.lines().size();
      }
    }
    assertThat(decisions).isGreaterThanOrEqualTo(600);
  }
}
