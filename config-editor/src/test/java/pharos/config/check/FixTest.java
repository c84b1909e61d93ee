package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Path;
import pharos.config.resource.Place;
import pharos.config.resource.Resource;

class FixTest {
  @Test
  void apply_editsInAnyOrder_changesEachSpanOfTheGivenText() {
    Fix fix =
        new Fix(
            "Swap",
            List.of(
                new Fix.TextEdit(place(6), place(9), "one"),
                new Fix.TextEdit(place(0), place(3), "three")));
    assertThat(fix.apply("one, two")).isEqualTo("three, tone");
  }

  @Test
  void fix_overlappingEdits_isRefused() {
    List<Fix.TextEdit> edits =
        List.of(
            new Fix.TextEdit(place(0), place(3), "a"), new Fix.TextEdit(place(2), place(4), "b"));
    assertThatThrownBy(() -> new Fix("Both", edits)).hasMessageContaining("overlap");
  }

  @Test
  void finding_aboutAKey_standsAtTheKeyAndEndsWithIt() {
    Resource resource =
        new DocumentReader(Limits.DEFAULT)
            .read("a.yaml", "apiVersion: v1\nkind: Service\nspec:\n  prots:\n  - 1\n")
            .resources()
            .getFirst();
    Finding finding =
        Finding.atKey(
            resource, Path.of("spec", "prots"), "a", IstioMessage.SCHEMA_VALIDATION_ERROR, "x");
    assertThat(finding.place()).isEqualTo(new Place(4, 3, 37));
    assertThat(finding.end()).isEqualTo(new Place(4, 8, 42));
    assertThat(finding.reference()).isEqualTo("a.yaml:4");
  }

  private static Place place(int offset) {
    return new Place(1, offset + 1, offset);
  }
}
