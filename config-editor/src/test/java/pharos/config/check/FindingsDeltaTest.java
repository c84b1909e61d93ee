package pharos.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static pharos.config.check.CheckedMeshTest.finding;

import java.util.List;
import org.junit.jupiter.api.Test;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

class FindingsDeltaTest {
  private static final String TEXT =
      "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {a: [1, 2]}\n";

  private static Resource read(String file, String text) {
    return new DocumentReader(Limits.DEFAULT).read(file, text).resources().getFirst();
  }

  @Test
  void between_linesMoved_nothingChanged() {
    Finding before = finding(read("", TEXT), Path.of("spec", "a", 0), "x");
    Finding after = finding(read("new.yaml", "# more\n\n" + TEXT), Path.of("spec", "a", 0), "x");
    FindingsDelta delta = FindingsDelta.between(List.of(before), List.of(after));
    assertThat(delta.introduced()).isEmpty();
    assertThat(delta.resolved()).isEmpty();
    assertThat(delta.unchanged()).containsExactly(after);
    assertThat(delta.unchanged().getFirst().reference()).isEqualTo("new.yaml:6");
  }

  @Test
  void between_itemPutInFront_isNotNew() {
    Resource resource = read("", TEXT);
    Finding before = finding(resource, Path.of("spec", "a", 0), "x");
    Finding moved = finding(resource, Path.of("spec", "a", 1), "x");
    Finding elsewhere = finding(resource, Path.of("spec", "b", 1), "x");
    FindingsDelta delta = FindingsDelta.between(List.of(before), List.of(moved, elsewhere));
    assertThat(delta.unchanged()).containsExactly(moved);
    assertThat(delta.introduced()).containsExactly(elsewhere);
  }

  @Test
  void between_oneOfTwoAlikeRepaired_resolvesThatOne() {
    Resource resource = read("", TEXT);
    Finding first = finding(resource, Path.of("spec", "a", 0), "x");
    Finding second = finding(resource, Path.of("spec", "a", 1), "x");
    FindingsDelta delta = FindingsDelta.between(List.of(first, second), List.of(second));
    assertThat(delta.resolved()).containsExactly(first);
    assertThat(delta.unchanged()).containsExactly(second);
  }

  @Test
  void between_otherObjectOrMessage_resolvesAndIntroduces() {
    Finding before = finding(read("", TEXT), Path.ROOT, "x");
    Finding otherMessage = finding(read("", TEXT), Path.ROOT, "y");
    Finding otherObject = finding(read("", TEXT.replace("name: x", "name: z")), Path.ROOT, "x");
    FindingsDelta delta =
        FindingsDelta.between(List.of(before), List.of(otherMessage, otherObject));
    assertThat(delta.resolved()).containsExactly(before);
    assertThat(delta.introduced()).containsExactly(otherMessage, otherObject);
    assertThat(delta.unchanged()).isEmpty();
  }

  /** An Istio Gateway and a Kubernetes Gateway of one name have one origin in istioctl's words. */
  @Test
  void between_sameNameInAnotherGroup_isAnotherObject() {
    String yaml = "{apiVersion: %s/v1, kind: Gateway, metadata: {name: x}}";
    Finding istio = finding(read("", yaml.formatted("networking.istio.io")), Path.ROOT, "x");
    Finding k8s = finding(read("", yaml.formatted("gateway.networking.k8s.io")), Path.ROOT, "x");
    FindingsDelta delta = FindingsDelta.between(List.of(istio), List.of(k8s));
    assertThat(delta.resolved()).containsExactly(istio);
    assertThat(delta.introduced()).containsExactly(k8s);
  }
}
