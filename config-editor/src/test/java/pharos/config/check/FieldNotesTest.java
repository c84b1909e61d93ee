package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;

/**
 * YAML that practitioners published, where it is beside this checkout: what is said of each file,
 * alone or with those that belong to it. Cases of our own with the same mistakes are among the
 * golden meshes.
 */
class FieldNotesTest {
  private static final Path NOTES = Path.of("../../shared/examples/field-notes").toAbsolutePath();
  private static final Path EXPECTED = Path.of("src/test/resources/golden/field-notes.txt");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TestFactory
  Stream<DynamicTest> notes_asPublished_areAnsweredAtTheRightLine() throws IOException {
    if (!Files.isDirectory(NOTES)) {
      System.err.println("NOT RUN: the field notes are not beside this checkout");
      assumeTrue(false, "the field notes are not beside this checkout");
    }
    StringBuilder found = new StringBuilder();
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : Files.readString(EXPECTED).split("(?m)^(?=== )", -1)) {
      String title = part.lines().findFirst().orElseThrow();
      String listing = title + "\n" + listing(List.of(title.substring(3).split(" ")));
      found.append(listing).append("\n");
      tests.add(
          DynamicTest.dynamicTest(
              title, () -> assertThat(listing.strip()).isEqualTo(part.strip())));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(EXPECTED, found.toString().strip() + "\n");
    }
    return tests.stream();
  }

  private static String listing(List<String> files) throws IOException {
    List<Resource> documents = new ArrayList<>();
    for (String file : files) {
      DocumentReader.Reading reading =
          new DocumentReader(Limits.DEFAULT)
              .read(file, Files.readAllBytes(NOTES.resolve(file + ".yaml")));
      assertThat(reading.refusals()).isEmpty();
      documents.addAll(reading.resources());
    }
    MeshView mesh =
        MeshView.of(
            Inputs.snapshot(
                documents,
                new Inputs.Options("default", true, true),
                MeshView.MeshSettings.DEFAULT),
            NOW);
    StringBuilder listing = new StringBuilder();
    for (Finding finding : Analysis.run(AllChecks.standard(), mesh, Analysis.Filter.ALL)) {
      Place place = finding.place();
      assertThat(place).isNotNull();
      listing.append(
          "%s %s %s:%d:%d %s%n"
              .formatted(
                  finding.type().code(),
                  finding.type().level().wireName(),
                  finding.origin(),
                  place == null ? 0 : place.line(),
                  place == null ? 0 : place.column(),
                  finding.message()));
    }
    return listing.toString();
  }
}
