package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import pharos.config.check.istio.IstioChecks;

/**
 * What checks say of meshes written for them: {@code golden/check/<check>/<what it
 * shows>/mesh.yaml}, whose first line cites the rule, and {@code findings.txt}, which is empty
 * where nothing is wrong. {@code -Dgolden.update=true} rewrites the expectations; read them before
 * committing.
 */
class GoldenCheckTest {
  private static final Path CASES = Path.of("src/test/resources/golden/check");

  /** Every EnvoyFilter draws a warning (catalogue 6.7), so there is none that it accepts. */
  private static final String NEVER_SILENT = "schema.ValidationAnalyzer.EnvoyFilter";

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> members = Files.list(parent)) {
      return members.filter(Files::isDirectory).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> check_goldenMesh_reportsWhatIsRecorded() throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (Path check : folders(CASES)) {
      for (Path folder : folders(check)) {
        tests.add(
            DynamicTest.dynamicTest(
                check.getFileName() + "/" + folder.getFileName(), () -> verify(folder)));
      }
    }
    return tests.build();
  }

  private static void verify(Path folder) throws IOException {
    Path golden = folder.resolve("findings.txt");
    String findings = CheckCase.read(folder).listing();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, findings);
    }
    assertThat(findings).isEqualTo(Files.readString(golden));
  }

  /** A check that never speaks, or always does, is not shown to be right. */
  @Test
  void everyCheck_hasAMeshItObjectsToAndOneItAccepts() throws IOException {
    Set<String> accepting = new TreeSet<>();
    Set<String> objecting = new TreeSet<>();
    for (Path check : folders(CASES)) {
      for (Path folder : folders(check)) {
        boolean accepts = Files.size(folder.resolve("findings.txt")) == 0;
        (accepts ? accepting : objecting).add(check.getFileName().toString());
      }
    }
    Set<String> names =
        Stream.concat(AllChecks.standard().stream(), IstioChecks.onRequest().stream())
            .map(Check::name)
            .collect(Collectors.toCollection(TreeSet::new));
    accepting.add(NEVER_SILENT);
    assertThat(accepting).as("checks with an accepted mesh").containsAll(names);
    assertThat(objecting).as("checks with a mesh to object to").containsAll(names);
  }
}
